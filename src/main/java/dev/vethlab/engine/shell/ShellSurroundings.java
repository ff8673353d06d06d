package dev.vethlab.engine.shell;

import dev.vethlab.engine.process.Accounts;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.shell.builtin.AlmquistSettings;
import dev.vethlab.engine.shell.expand.Surroundings;
import dev.vethlab.engine.shell.syntax.Command;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers what expansions ask of an interpreter. */
final class ShellSurroundings implements Surroundings {
    private final Interpreter shell;

    ShellSurroundings(Interpreter shell) {
        this.shell = shell;
    }

    @Override
    public EmulatedProcess process() {
        return shell.process();
    }

    @Override
    public Variables variables() {
        return shell.state().variables;
    }

    @Override
    public List<String> arguments() {
        return shell.state().arguments;
    }

    @Override
    public @Nullable String special(char name) {
        ShellState state = shell.state();
        return switch (name) {
            case '?' -> Integer.toString(state.status);
            case '$' -> Integer.toString(state.shellPid);
            case '!' -> state.lastBackground == 0 ? null : Integer.toString(state.lastBackground);
            case '#' -> Integer.toString(state.arguments.size());
            case '0' -> state.name;
            case '-' -> state.isBash() ? flags(state) : AlmquistSettings.flags(state);
            default -> null;
        };
    }

    private static String flags(ShellState state) {
        var flags = new StringBuilder();
        for (ShellState.Option option : state.options) {
            if (option.letter != 0) {
                flags.append(option.letter);
            }
        }
        return "hB" + flags + (state.interactive ? "i" : "") + (state.commandString ? "c" : state.readsInput() ? "s" : "");
    }

    @Override
    public @Nullable String home(String user) {
        return Accounts.home(shell.process(), user);
    }

    @Override
    public String substitute(Command body) {
        return shell.launcher().substitute(body);
    }

    @Override
    public String substituteProcess(Command body, boolean reads) {
        return shell.launcher().substituteProcess(body, reads);
    }

    @Override
    public boolean treatsUnsetAsError() {
        return shell.state().has(ShellState.Option.NOUNSET);
    }

    @Override
    public boolean leavesPatterns() {
        return shell.state().has(ShellState.Option.NOGLOB);
    }

    @Override
    public boolean dropsUnmatchedPatterns() {
        return shell.state().extensions.contains("nullglob");
    }

    @Override
    public boolean isBash() {
        return shell.state().isBash();
    }

    @Override
    public boolean isDash() {
        return shell.state().isDash();
    }
}
