package dev.vethlab.engine.shell.builtin;

import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.file.FileSystem;
import dev.vethlab.engine.shell.HashedCommands;
import dev.vethlab.engine.shell.Interpreter;
import dev.vethlab.engine.shell.Launcher;
import dev.vethlab.engine.shell.Quoting;
import dev.vethlab.engine.shell.ShellState;
import dev.vethlab.engine.shell.Variables;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
/** Builtins that say or settle what a command's name means. */
final class LookupBuiltins {
    private static final List<String> KEYWORDS = List.of(
            "if", "then", "else", "elif", "fi", "case", "esac", "for", "select", "while", "until", "do", "done", "in", "function", "time", "{", "}",
                    "!", "[[", "]]");

    private LookupBuiltins() {}

    /** What a name may mean. */
    private enum Kind {
        ALIAS,
        KEYWORD,
        FUNCTION,
        BUILTIN,
        FILE,
        /** A file that the shell found before. */
        HASHED
    }

    /** One meaning: the alias's value, the file's path. */
    private record Meaning(Kind kind, String value) {}

    static void addTo(Map<String, Builtin> all) {
        all.put("command", LookupBuiltins::command);
        all.put("type", LookupBuiltins::type);
        all.put("hash", LookupBuiltins::hash);
        all.put("enable", LookupBuiltins::enable);
        all.put("caller", LookupBuiltins::caller);
        all.put("builtin", (shell, words) -> {
            if (words.size() == 1) {
                return 0;
            }
            Builtin builtin = Builtins.find(words.get(1), shell.state().dialect);
            if (builtin == null) {
                shell.complain("builtin: " + words.get(1) + ": not a shell builtin");
                return 1;
            }
            return builtin.run(shell, words.subList(1, words.size()));
        });
    }

    // ---- meanings ----

    /** What a name means, the meaning that counts first; {@code everywhere} in all directories of {@code PATH}. */
    private static List<Meaning> meanings(Interpreter shell, String name, boolean everywhere) {
        ShellState state = shell.state();
        List<Meaning> meanings = new ArrayList<>();
        String alias = state.expandsAliases() ? state.aliases.get(name) : null;
        if (alias != null) {
            meanings.add(new Meaning(Kind.ALIAS, alias));
        }
        if (KEYWORDS.contains(name)) {
            meanings.add(new Meaning(Kind.KEYWORD, name));
        }
        if (state.functions.isDefined(name)) {
            meanings.add(new Meaning(Kind.FUNCTION, name));
        }
        if (state.builtin(name) != null) {
            meanings.add(new Meaning(Kind.BUILTIN, name));
        }
        meanings.addAll(files(shell, name, everywhere));
        return meanings;
    }

    private static List<Meaning> files(Interpreter shell, String name, boolean everywhere) {
        ShellState state = shell.state();
        EmulatedProcess process = shell.process();
        FileSystem files = process.context().files();
        String path = state.variables.getOr("PATH", "");
        String hashed = name.indexOf('/') >= 0 ? null : state.hashed().path(name);
        if (hashed != null && !everywhere) {
            return List.of(new Meaning(Kind.HASHED, hashed));
        }
        List<Meaning> found = new ArrayList<>();
        if (Launcher.isApplet(process, state, name)) {
            found.add(new Meaning(Kind.FILE, name));
        }
        if (!everywhere || name.indexOf('/') >= 0) {
            String first = files.lookupExecutable(process, name, path);
            if (first != null && found.isEmpty()) {
                found.add(new Meaning(Kind.FILE, first));
            }
            return found;
        }
        for (String directory : path.split(":")) {
            String file = files.lookupExecutable(process, directory + "/" + name, "");
            if (file != null) {
                found.add(new Meaning(Kind.FILE, file));
            }
        }
        return found;
    }

    private static String description(ShellState state, String name, Meaning meaning) {
        return name + switch (meaning.kind) {
            case ALIAS -> !state.isBash() ? " is an alias for " + meaning.value : " is aliased to `" + meaning.value + "'";
            case KEYWORD -> " is a shell keyword";
            case FUNCTION -> state.isBash() ? " is a function\n" + state.functions.text(name)
                    : state.isDash() ? " is a shell function" : " is a function";
            case BUILTIN -> " is a shell builtin";
            case FILE -> " is " + meaning.value;
            case HASHED -> state.isDash() ? " is a tracked alias for " + meaning.value : " is hashed (" + meaning.value + ")";
        };
    }

    // ---- command, type ----

    private static int command(Interpreter shell, List<String> words) {
        ShellState state = shell.state();
        int first = 1;
        boolean asks = false;
        boolean verbose = false;
        while (first < words.size() && words.get(first).matches("-[pvV]+")) {
            asks |= words.get(first).contains("v");
            verbose |= words.get(first).contains("V");
            first++;
        }
        List<String> rest = words.subList(first, words.size());
        if (!rest.isEmpty() && rest.getFirst().startsWith("-") && state.isBash()) {
            return refuse(shell, "command", rest.getFirst(), "[-pVv] command [arg ...]");
        }
        if (rest.isEmpty()) {
            return 0;
        }
        if (!asks && !verbose) {
            return shell.runWithoutFunctions(rest);
        }
        int status = state.isDash() ? 127 : 1;
        for (String name : rest) {
            List<Meaning> meanings = meanings(shell, name, false);
            if (!meanings.isEmpty()) {
                Meaning meaning = meanings.getFirst();
                shell.process().println(verbose ? description(state, name, meaning) : switch (meaning.kind) {
                    case ALIAS -> "alias " + name + "=" + Quoting.single(meaning.value);
                    case KEYWORD, FUNCTION, BUILTIN -> name;
                    case FILE, HASHED -> meaning.value;
                });
                status = 0;
            } else if (verbose && state.isDash()) {
                shell.process().error(name + ": not found");
            } else if (verbose) {
                shell.complain("command: " + name + ": not found");
            }
        }
        return status;
    }

    private static int refuse(Interpreter shell, String builtin, String option, String usage) {
        shell.complain(builtin + ": " + option.substring(0, Math.min(2, option.length())) + ": invalid option");
        shell.process().error(builtin + ": usage: " + builtin + " " + usage);
        return 2;
    }

    private static int type(Interpreter shell, List<String> words) {
        ShellState state = shell.state();
        var flags = new StringBuilder();
        int first = 1;
        while (state.isBash() && first < words.size() && words.get(first).startsWith("-") && words.get(first).length() > 1) {
            if (!words.get(first).matches("-[afptP]+")) {
                return refuse(shell, "type", words.get(first), "[-afptP] name [name ...]");
            }
            flags.append(words.get(first++));
        }
        boolean all = flags.indexOf("a") >= 0;
        boolean kind = flags.indexOf("t") >= 0;
        boolean paths = flags.indexOf("p") >= 0 || flags.indexOf("P") >= 0;
        int status = 0;
        for (String name : words.subList(first, words.size())) {
            List<Meaning> meanings = flags.indexOf("P") >= 0 ? files(shell, name, all) : meanings(shell, name, all).stream()
                    .filter(meaning -> meaning.kind != Kind.FUNCTION || flags.indexOf("f") < 0).toList();
            if (meanings.isEmpty() && !state.isBash()) {
                shell.process().println(name + ": not found");
                status = 127;
            } else if (meanings.isEmpty()) {
                if (!kind && !paths) {
                    shell.complain("type: " + name + ": not found");
                }
                status = 1;
            }
            for (Meaning meaning : all ? meanings : meanings.subList(0, Math.min(1, meanings.size()))) {
                boolean file = meaning.kind == Kind.FILE || meaning.kind == Kind.HASHED;
                if (kind) {
                    shell.process().println(switch (meaning.kind) {
                        case ALIAS -> "alias";
                        case KEYWORD -> "keyword";
                        case FUNCTION -> "function";
                        case BUILTIN -> "builtin";
                        case FILE, HASHED -> "file";
                    });
                } else if (!paths) {
                    shell.process().println(description(state, name, meaning));
                } else if (file) {
                    shell.process().println(meaning.value);
                }
            }
        }
        return status;
    }

    // ---- hash, enable ----

    private static int hash(Interpreter shell, List<String> words) {
        ShellState state = shell.state();
        HashedCommands hashed = state.hashed();
        if (state.isBash() && words.size() > 1 && words.get(1).startsWith("-") && !words.get(1).matches("-[lrptd]+")) {
            return refuse(shell, "hash", words.get(1), "[-lr] [-p pathname] [-dt] [name ...]");
        }
        String flags = words.size() > 1 && words.get(1).startsWith("-") ? words.get(1) : "";
        List<String> names = words.subList(flags.isEmpty() ? 1 : 2, words.size());
        if (flags.contains("r")) {
            hashed.forgetAll();
        }
        if (flags.contains("p") && names.size() > 1) {
            names.subList(1, names.size()).forEach(name -> hashed.set(name, names.getFirst()));
            return 0;
        }
        if (names.isEmpty() && !flags.contains("r")) {
            list(shell, hashed.all(), flags.contains("l"));
            return 0;
        }
        int status = 0;
        for (String name : names) {
            String before = hashed.path(name);
            List<Meaning> meanings = before == null || flags.isEmpty() ? meanings(shell, name, false) : List.of();
            if (flags.contains("t") && before != null) {
                shell.process().println(names.size() > 1 ? name + "\t" + before : before);
            } else if (flags.contains("d") && before != null) {
                hashed.forget(name);
            } else if (flags.contains("t") || flags.contains("d") || meanings.isEmpty()) {
                shell.complain("hash: " + name + ": not found");
                status = 1;
            } else if (meanings.getFirst().kind == Kind.FILE && name.indexOf('/') < 0) {
                hashed.set(name, meanings.getFirst().value);
            }
        }
        return status;
    }

    private static void list(Interpreter shell, List<HashedCommands.Entry> entries, boolean reusable) {
        boolean bash = shell.state().isBash();
        if (entries.isEmpty() && bash) {
            shell.process().println("hash: hash table empty");
        } else if (bash && !reusable) {
            shell.process().println("hits\tcommand");
        }
        for (HashedCommands.Entry entry : entries) {
            String hits = Integer.toString(entry.hits());
            shell.process().println(reusable ? "builtin hash -p " + entry.path() + " " + entry.name()
                    : bash ? " ".repeat(Math.max(0, 4 - hits.length())) + hits + "\t" + entry.path() : entry.path());
        }
    }

    /** Where the running function was called: the line, then what called it if a number says how far out, and the file. */
    private static int caller(Interpreter shell, List<String> words) {
        Variables variables = shell.state().variables;
        boolean plain = words.size() == 1;
        String which = plain ? "0" : words.get(1);
        if (!which.matches("\\d{1,6}")) {
            shell.complain("caller: " + which + ": invalid number");
            shell.process().error("caller: usage: caller [expr]");
            return 2;
        }
        int level = Integer.parseInt(which);
        List<String> lines = variables.elements("BASH_LINENO");
        List<String> functions = variables.elements("FUNCNAME");
        List<String> sources = variables.elements("BASH_SOURCE");
        if (level >= functions.size() || !plain && level + 1 >= functions.size()) {
            return 1;
        }
        String source = level + 1 < sources.size() ? sources.get(level + 1) : "NULL";
        shell.process().println(lines.get(level) + " " + (plain ? "" : functions.get(level + 1) + " ") + source);
        return 0;
    }

    private static int enable(Interpreter shell, List<String> words) {
        ShellState state = shell.state();
        String flags = words.size() > 1 && words.get(1).startsWith("-") ? words.get(1) : "";
        if (!flags.isEmpty() && !flags.matches("-[anps]+")) {
            return refuse(shell, "enable", flags, "[-a] [-dnps] [-f filename] [name ...]");
        }
        List<String> names = words.subList(flags.isEmpty() ? 1 : 2, words.size());
        boolean disables = flags.contains("n");
        if (names.isEmpty()) {
            for (String name : Builtins.names(state.dialect)) {
                boolean enabled = !state.disabledBuiltins.contains(name);
                if ((flags.contains("a") || enabled != disables) && (!flags.contains("s") || Builtins.isSpecial(name))) {
                    shell.process().println("enable " + (enabled ? "" : "-n ") + name);
                }
            }
            return 0;
        }
        int status = 0;
        for (String name : names) {
            if (Builtins.find(name, state.dialect) == null) {
                shell.complain("enable: " + name + ": not a shell builtin");
                status = 1;
            } else if (disables) {
                state.disabledBuiltins.add(name);
            } else {
                state.disabledBuiltins.remove(name);
            }
        }
        return status;
    }
}
