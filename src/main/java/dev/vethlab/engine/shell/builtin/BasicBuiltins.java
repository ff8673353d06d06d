package dev.vethlab.engine.shell.builtin;

import dev.vethlab.engine.kernel.Errno;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.file.FileSystem;
import dev.vethlab.engine.shell.AlmquistWords;
import dev.vethlab.engine.shell.ControlFlow;
import dev.vethlab.engine.shell.Interpreter;
import dev.vethlab.engine.shell.ShellState;
import dev.vethlab.engine.shell.SyntaxReport;
import dev.vethlab.engine.shell.expand.Arithmetic;
import dev.vethlab.engine.shell.syntax.Command;
import dev.vethlab.engine.shell.syntax.SyntaxError;
import dev.vethlab.engine.sim.CalendarTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Builtins of output, control flow, directories and commands. */
final class BasicBuiltins {
    /** What stands before {@code %q} in a format. */
    private static final Pattern QUOTING = Pattern.compile("^((?:[^%]|%[^q])*)%q", Pattern.DOTALL);

    private static final Pattern HEXADECIMAL = Pattern.compile("(?<!\\\\)((?:\\\\\\\\)*)\\\\x");

    private BasicBuiltins() {}

    static void addTo(Map<String, Builtin> all) {
        all.put(":", (shell, words) -> 0);
        all.put("true", (shell, words) -> 0);
        all.put("false", (shell, words) -> 1);
        all.put("echo", (shell, words) -> {
            shell.process().print(PrintCommands.echo(words.subList(1, words.size()),
                    shell.state().dialect == ShellState.Dialect.DASH));
            return 0;
        });
        all.put("printf", BasicBuiltins::printf);
        all.put("test", (shell, words) -> TestCommand.run(shell.process(), shell.state().dialect, words, shell::complain));
        all.put("[", (shell, words) -> TestCommand.run(shell.process(), shell.state().dialect, words, shell::complain));
        all.put("ulimit", (shell, words) -> {
            shell.process().println(words.contains("-n") ? Integer.toString(EmulatedProcess.MAX_DESCRIPTORS + 1)
                    // no core is ever dumped
                    : words.contains("-c") ? "0" : "unlimited");
            return 0;
        });
        all.put("pwd", (shell, words) -> {
            if (words.size() > 1 && words.get(1).startsWith("-") && !words.get(1).matches("-[LP]+")) {
                shell.complain("pwd: " + words.get(1).substring(0, 2) + ": invalid option");
                shell.process().error("pwd: usage: pwd [-LP]");
                return 2;
            }
            shell.process().println(shell.process().context().directory());
            return 0;
        });
        all.put("cd", BasicBuiltins::cd);
        all.put("exit", (shell, words) -> {
            throw new ControlFlow.Exit(status(shell, words));
        });
        all.put("logout", (shell, words) -> {
            shell.complain("logout: not login shell: use `exit'");
            return 1;
        });
        all.put("return", (shell, words) -> {
            int status = status(shell, words);
            if (shell.calls() == 0 && !shell.state().isBash()) {
                throw new ControlFlow.Exit(status);
            }
            if (shell.calls() == 0) {
                shell.complain("return: can only `return' from a function or sourced script");
                return 2;
            }
            throw new ControlFlow.Return(status);
        });
        all.put("break", (shell, words) -> loop(shell, words, false));
        all.put("continue", (shell, words) -> loop(shell, words, true));
        all.put("eval", BasicBuiltins::eval);
        all.put(".", BasicBuiltins::source);
        all.put("source", BasicBuiltins::source);
        all.put("exec", (shell, words) -> 0);
        all.put("times", (shell, words) -> {
            String none = shell.state().isDash() ? "0m0.000000s" : "0m0.000s";
            shell.process().print((none + " " + none + "\n").repeat(2));
            return 0;
        });
        all.put("let", (shell, words) -> {
            if (words.size() == 1) {
                shell.complain("let: expression expected");
                return 1;
            }
            long value = 0;
            for (String expression : words.subList(1, words.size())) {
                value = Arithmetic.evaluate(expression, shell.state().variables);
            }
            return value != 0 ? 0 : 1;
        });
    }

    private static int status(Interpreter shell, List<String> words) {
        if (words.size() < 2) {
            return shell.state().status;
        }
        try {
            return (int) (Long.parseLong(words.get(1).strip()) & 0xFF);
        } catch (NumberFormatException e) {
            shell.complain(words.getFirst() + ": " + words.get(1) + ": numeric argument required");
            return 2;
        }
    }

    private static int loop(Interpreter shell, List<String> words, boolean continues) {
        if (shell.loops() == 0) {
            if (!shell.state().isBash()) {
                return 0;
            }
            shell.complain(words.getFirst() + ": only meaningful in a `for', `while', or `until' loop");
            return 0;
        }
        int levels = 1;
        if (words.size() > 1) {
            if (!words.get(1).matches("\\d{1,6}") || Integer.parseInt(words.get(1)) == 0) {
                shell.complain(words.getFirst() + ": " + words.get(1) + ": loop count out of range");
                return 1;
            }
            levels = Integer.parseInt(words.get(1));
        }
        throw new ControlFlow.Loop(levels, continues);
    }

    private static int printf(Interpreter shell, List<String> words) {
        int first = 1;
        String variable = null;
        if (words.size() > 3 && words.get(1).equals("-v")) {
            variable = words.get(2);
            first = 3;
        } else if (words.size() > 1 && words.get(1).equals("--")) {
            first = 2;
        }
        if (words.size() <= first) {
            switch (shell.state().dialect) {
                case BASH -> shell.process().error("printf: usage: printf [-v var] format [arguments]");
                case DASH -> shell.complain("printf: usage: printf format [arg ...]");
                case ASH -> shell.process().error(shell.state().name + ": usage: printf FORMAT [ARGUMENT...]");
            }
            return 2;
        }
        if (shell.state().isDash() && words.get(first).matches("(?s)(?:[^%]|%[^q])*%q.*")) {
            shell.complain("printf: %q: invalid directive");
            return 2;
        }
        Matcher quoting = QUOTING.matcher(words.get(first));
        if (shell.state().dialect == ShellState.Dialect.ASH && quoting.find()) {
            shell.process().error(shell.state().name + ": " + words.get(first).substring(quoting.end(1)) + ": invalid format");
            return 1;
        }
        // dash's conv_escape_str() knows no \x
        String format = shell.state().isDash() ? HEXADECIMAL.matcher(words.get(first)).replaceAll("$1\\\\\\\\x") : words.get(first);
        var value = new StringBuilder();
        boolean intoVariable = variable != null;
        boolean right = Printf.format(format, words.subList(first + 1, words.size()), CalendarTime.at(shell.process().now()),
                new Printf.Listener() {
                    @Override
                    public void print(String text) {
                        if (intoVariable) {
                            value.append(text);
                        } else {
                            shell.process().print(text);
                        }
                    }

                    @Override
                    public void complain(String message) {
                        shell.complain("printf: " + message);
                    }
                });
        if (variable != null) {
            shell.state().variables.setElement(variable, value.toString());
        }
        return right ? 0 : 1;
    }

    static int cd(Interpreter shell, List<String> words) {
        EmulatedProcess process = shell.process();
        ShellState state = shell.state();
        List<String> arguments = new ArrayList<>(words.subList(1, words.size()));
        boolean physical = arguments.contains("-P");
        arguments.removeIf(word -> word.equals("-P") || word.equals("-L") || word.equals("--"));
        if (arguments.size() > 1 && state.isBash()) {
            shell.complain("cd: too many arguments");
            return 1;
        }
        String target = arguments.isEmpty() ? state.variables.getOr("HOME", "") : arguments.getFirst();
        boolean back = target.equals("-");
        if (back) {
            target = state.variables.getOr("OLDPWD", "");
        }
        if (target.isEmpty() && (back || arguments.isEmpty())) {
            shell.complain("cd: " + (back ? "OLDPWD" : "HOME") + " not set");
            return 1;
        }
        FileSystem files = process.context().files();
        try {
            String path = absolute(process.context().directory(), target);
            files.checkEnterable(process, path);
            path = physical ? files.realPath(process, path) : path;
            state.variables.set("OLDPWD", process.context().directory());
            state.variables.export("OLDPWD", true);
            process.context().changeDirectory(path);
            state.variables.set("PWD", path);
            if (back) {
                process.println(path);
            }
            return 0;
        } catch (KernelException e) {
            shell.complain("cd: " + target + ": " + e.errno().message());
            return state.isBash() ? 1 : 2;
        }
    }

    /** The path with dots taken out by name, as {@code cd -L} does. */
    private static String absolute(String directory, String path) {
        var names = new ArrayList<String>();
        for (String name : (path.startsWith("/") ? path : directory + "/" + path).split("/")) {
            if (name.equals("..")) {
                if (!names.isEmpty()) {
                    names.removeLast();
                }
            } else if (!name.isEmpty() && !name.equals(".")) {
                names.add(name);
            }
        }
        return "/" + String.join("/", names);
    }

    private static int eval(Interpreter shell, List<String> words) {
        String source = String.join(" ", words.subList(1, words.size()));
        var parser = shell.state().parser(source, shell.state().line);
        int status = 0;
        try {
            for (Command command = parser.nextCommand(); command != null; command = parser.nextCommand()) {
                status = shell.execute(command);
            }
        } catch (SyntaxError e) {
            SyntaxReport.print(shell, e, parser, "eval: ");
            return 2;
        }
        return status;
    }

    private static int source(Interpreter shell, List<String> words) {
        String name = words.getFirst();
        if (words.size() < 2) {
            shell.complain(name + ": filename argument required");
            return 2;
        }
        EmulatedProcess process = shell.process();
        String path = words.get(1);
        try {
            String text = process.context().files().readAll(process, path).text();
            return shell.source(path, text, words.subList(2, words.size()));
        } catch (KernelException e) {
            shell.complain(!shell.state().isBash() ? name + ": " + AlmquistWords.cannotOpen(shell.state(), path, true, e.errno())
                    : (e.errno() == Errno.EISDIR ? name + ": " : "") + path + ": " + e.errno().message());
            return 1;
        }
    }
}
