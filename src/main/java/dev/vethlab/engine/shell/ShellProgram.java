package dev.vethlab.engine.shell;

import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.packet.Bytes;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.Program;
import dev.vethlab.engine.process.Signal;
import dev.vethlab.engine.process.file.OpenFile;
import dev.vethlab.engine.shell.builtin.VariableBuiltins;
import java.io.ByteArrayOutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code bash} and {@code sh}: runs {@code -c} text, a script, or what standard input holds – with prompts if that is a terminal. */
public final class ShellProgram implements Program {
    private static final int MAX_COMMAND = 1 << 18;

    private static final String VERSION = """
            GNU bash, version %s (x86_64-pc-linux-gnu)
            Copyright (C) 2025 Free Software Foundation, Inc.
            License GPLv3+: GNU GPL version 3 or later <http://gnu.org/licenses/gpl.html>

            This is free software; you are free to change and redistribute it.
            There is NO WARRANTY, to the extent permitted by law.
            """.formatted(ShellState.BASH_VERSION);

    /** {@code show_shell_usage()} in bash's shell.c. */
    private static final String USAGE = """
            Usage:\tbash [GNU long option] [option] ...
            \tbash [GNU long option] [option] script-file ...
            GNU long options:
            \t--debug
            \t--debugger
            \t--dump-po-strings
            \t--dump-strings
            \t--help
            \t--init-file
            \t--login
            \t--noediting
            \t--noprofile
            \t--norc
            \t--posix
            \t--pretty-print
            \t--rcfile
            \t--restricted
            \t--verbose
            \t--version
            Shell options:
            \t-ilrsD or -c command or -O shopt_option\t\t(invocation only)
            \t-abefhkmnptuvxBCEHPT or -o option
            """;

    private final ShellState.Dialect dialect;

    public ShellProgram(ShellState.Dialect dialect) {
        this.dialect = dialect;
    }

    @Override
    public int main(EmulatedProcess self) {
        List<String> words = self.arguments();
        String own = words.getFirst().startsWith("-") ? words.getFirst().substring(1) : words.getFirst();
        String name = dialect == ShellState.Dialect.DASH ? own : dialect == ShellState.Dialect.BASH ? "bash" : "sh";
        var state = new ShellState(dialect, own, List.of());
        boolean commandText = false;
        boolean interactive = false;
        boolean standardInput = false;
        int i = 1;
        for (; i < words.size(); i++) {
            String word = words.get(i);
            if (word.equals("--") || word.equals("-")) {
                i++;
                break;
            }
            if (word.length() < 2 || word.charAt(0) != '-' && word.charAt(0) != '+') {
                break;
            }
            if (word.startsWith("--")) {
                if (word.equals("--version") && dialect == ShellState.Dialect.BASH) {
                    self.print(VERSION);
                    return 0;
                }
                if (state.isDash()) {
                    self.error(name + ": 0: Illegal option --");
                    return 2;
                }
                if (!List.of("--norc", "--noprofile", "--login", "--posix", "--noediting").contains(word)) {
                    self.error(name + ": " + word + ": invalid option\n" + USAGE.stripTrailing());
                    return 2;
                }
                continue;
            }
            for (char letter : word.substring(1).toCharArray()) {
                switch (letter) {
                    case 'c' -> commandText = true;
                    case 'i' -> interactive = true;
                    case 'l' -> {}
                    case 's' -> standardInput = true;
                    case 'o' -> {
                        String title = i + 1 < words.size() ? words.get(++i) : "";
                        if (!VariableBuiltins.switchByTitle(state, title)) {
                            self.error(switch (dialect) {
                                case BASH -> name + ": line 0: " + name + ": " + title + ": invalid option name";
                                case DASH -> name + ": 0: Illegal option -o " + title;
                                case ASH -> name + ": illegal option -o " + title;
                            });
                            return dialect == ShellState.Dialect.ASH ? 0 : 2;
                        }
                    }
                    default -> {
                        if (!addOption(state, letter)) {
                            self.error(switch (dialect) {
                                case BASH -> name + ": -" + letter + ": invalid option\n" + USAGE.stripTrailing();
                                case DASH -> name + ": 0: Illegal option -" + letter;
                                case ASH -> name + ": illegal option -" + letter;
                            });
                            return 2;
                        }
                    }
                }
            }
        }
        state.initialise(self);
        var shell = new Interpreter(self, state);
        if (commandText) {
            if (i >= words.size()) {
                self.error(switch (dialect) {
                    case BASH -> name + ": -c: option requires an argument";
                    case DASH -> name + ": 0: -c requires an argument";
                    case ASH -> name + ": -c requires an argument";
                });
                return 2;
            }
            state.commandString = true;
            Interrupts.begin(shell);
            if (i + 1 < words.size()) {
                state.name = words.get(i + 1);
                state.arguments = List.copyOf(words.subList(i + 2, words.size()));
            }
            return shell.runToEnd(words.get(i), true);
        }
        if (i < words.size() && !standardInput) {
            return script(shell, words.subList(i, words.size()));
        }
        state.arguments = List.copyOf(words.subList(i, words.size()));
        if (interactive || self.descriptor(0).isTerminal()) {
            return new InteractiveShell(shell).run();
        }
        Interrupts.begin(shell);
        return new InteractiveShell(shell).readCommands();
    }

    private static boolean addOption(ShellState state, char letter) {
        for (ShellState.Option option : ShellState.Option.values()) {
            if (option.letter == letter) {
                state.options.add(option);
                return true;
            }
        }
        return false;
    }

    private static int script(Interpreter shell, List<String> words) {
        EmulatedProcess self = shell.process();
        ShellState state = shell.state();
        String path = words.getFirst();
        try {
            String text = self.context().files().readAll(self, path).text();
            state.name = path;
            state.source = path;
            state.arguments = List.copyOf(words.subList(1, words.size()));
            return shell.runToEnd(text, false);
        } catch (KernelException e) {
            state.line = 0;
            self.error(state.isBash() ? "bash: " + path + ": " + e.errno().message()
                    : state.errorPrefix() + AlmquistWords.cannotOpen(state, path, true, e.errno()));
            return state.isBash() ? 127 : 2;
        }
    }

    /** Reads commands from standard input, one complete command after another. */
    private static final class InteractiveShell {
        private final Interpreter shell;
        private final EmulatedProcess self;
        private final ShellState state;

        InteractiveShell(Interpreter shell) {
            this.shell = shell;
            this.self = shell.process();
            this.state = shell.state();
        }

        private @Nullable String line() {
            OpenFile input = self.descriptor(0);
            var bytes = new ByteArrayOutputStream();
            while (bytes.size() < MAX_COMMAND) {
                Bytes one = input.read(self, 1);
                if (one.isEmpty()) {
                    return bytes.size() == 0 ? null : Bytes.of(bytes.toByteArray()).text();
                }
                if (one.get(0) == '\n') {
                    break;
                }
                bytes.write(one.get(0));
            }
            return Bytes.of(bytes.toByteArray()).text();
        }

        /** The next complete command; null at the end of the input. */
        private @Nullable String command(boolean prompts) {
            String first = line();
            if (first == null) {
                return null;
            }
            var text = new StringBuilder(first);
            while (ShellSession.isIncomplete(text.toString(), state) && text.length() < MAX_COMMAND) {
                if (prompts) {
                    self.descriptor(2).report(self, Prompt.continuation(self, state));
                }
                String more = line();
                if (more == null) {
                    text.append('\n');
                    break;
                }
                text.append('\n').append(more);
            }
            return text.toString();
        }

        int readCommands() {
            int number = 1;
            int status = 0;
            try {
                for (String text = command(false); text != null; text = command(false)) {
                    status = shell.run(text, number, "");
                    number += 1 + (int) text.chars().filter(c -> c == '\n').count();
                }
            } catch (ControlFlow.Exit exit) {
                status = exit.status;
            } catch (ControlFlow flow) {
                status = state.status;
            }
            return shell.leave(status);
        }

        int run() {
            state.interactive = true;
            state.options.add(ShellState.Option.MONITOR);
            if (!state.variables.isSet("PS1")) {
                state.variables.set("PS1", state.isBash() ? "\\u@\\h:\\w\\$ " : "\\w \\$ ");
            }
            self.setGroup(self.pid());
            Terminal terminal = Terminal.of(self);
            if (terminal != null) {
                terminal.setForeground(self.group());
            }
            self.onSignal(Signal.INT, () -> {
                throw new ControlFlow.Abandon(Signal.INT.exitStatus());
            });
            self.onSignal(Signal.TERM, () -> {});
            while (true) {
                try {
                    self.descriptor(2).report(self, Prompt.first(self, state));
                    String text = command(true);
                    if (text == null) {
                        self.error(state.isBash() ? "exit" : "");
                        return shell.leave(state.status);
                    }
                    state.history.add(text);
                    shell.run(text, 1, "");
                    JobNotices.print(self, state);
                } catch (ControlFlow.Exit exit) {
                    if (state.isBash()) {
                        self.error("exit");
                    }
                    return shell.leave(exit.status);
                } catch (ControlFlow.Abandon abandon) {
                    if (abandon.status == Signal.INT.exitStatus()) {
                        self.error("");
                    }
                    state.status = abandon.status;
                } catch (ControlFlow.Return | ControlFlow.Loop flow) {
                    state.status = 0;
                }
            }
        }
    }
}
