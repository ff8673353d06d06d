package dev.vethlab.engine.shell;

import dev.vethlab.engine.shell.syntax.Command;
import dev.vethlab.engine.shell.syntax.Parser;
import dev.vethlab.engine.shell.syntax.SyntaxError;
import java.util.ArrayList;
import java.util.List;

/**
 * What a shell becomes at the end of a {@code -c} text instead of waiting for it: bash's {@code ONESHOT} and
 * {@code optimize_connection_fork}, ash's {@code EV_EXIT}. dash waits.
 *
 * @param position which command of the text, from 0; {@link #NEVER} for none
 */
record Tail(ShellState.Dialect dialect, int position) {
    private static final int NEVER = -1;

    /** Of a shell that waits for all that it runs. */
    static final Tail NONE = new Tail(ShellState.Dialect.DASH, NEVER);

    /** The tail of a text. */
    static Tail of(ShellState state, String source) {
        boolean lineIsOver = source.substring(source.stripTrailing().length()).contains("\n");
        if (state.isDash() || !state.isBash() && lineIsOver) {
            return NONE;
        }
        Parser parser = state.parser(source, 1);
        int commands = 0;
        try {
            while (parser.nextCommand() != null) {
                commands++;
            }
        } catch (SyntaxError e) {
            return NONE;
        }
        return new Tail(state.dialect, parser.warnings().isEmpty() ? commands - 1 : NEVER);
    }

    /** The commands, parts of this one, of which the last to run is what the shell becomes. */
    List<Command> parts(int at, Command command) {
        var parts = new ArrayList<Command>();
        if (at == position) {
            if (dialect == ShellState.Dialect.BASH) {
                bash(command, parts);
            } else {
                ash(command, parts);
            }
        }
        return parts;
    }

    private static void bash(Command command, List<Command> parts) {
        Command last = switch (command) {
            case Command.AndOr andOr -> andOr.right();
            case Command.Sequence sequence when sequence.items().stream().noneMatch(Command.Item::background) ->
                    sequence.items().getLast().command();
            default -> command;
        };
        if (last instanceof Command.Simple simple && simple.redirections().isEmpty()) {
            parts.add(simple);
        }
    }

    private static void ash(Command command, List<Command> parts) {
        switch (command) {
            case Command.Simple simple -> parts.add(simple);
            case Command.AndOr andOr -> ash(andOr.right(), parts);
            case Command.Sequence sequence when !sequence.items().getLast().background() ->
                    ash(sequence.items().getLast().command(), parts);
            case Command.Group group -> ash(group.body(), parts);
            case Command.Subshell subshell -> {
                parts.add(subshell);
                ash(subshell.body(), parts);
            }
            case Command.Redirected redirected when redirected.body() instanceof Command.Subshell -> ash(redirected.body(), parts);
            case Command.If branch -> {
                ash(branch.then(), parts);
                if (branch.otherwise() != null) {
                    ash(branch.otherwise(), parts);
                }
            }
            case Command.Case choice -> choice.items().forEach(item -> ash(item.body(), parts));
            default -> {}
        }
    }
}
