package dev.vethlab.engine.shell.builtin;

import dev.vethlab.engine.shell.Declarations;
import dev.vethlab.engine.shell.Interpreter;
import dev.vethlab.engine.shell.Quoting;
import dev.vethlab.engine.shell.ShellState;
import dev.vethlab.engine.shell.Variables;
import dev.vethlab.engine.shell.expand.Arithmetic;
import dev.vethlab.engine.shell.expand.ExpansionError;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Builtins of variables, options and positional parameters. */
public final class VariableBuiltins {
    /** What {@code shopt} knows; of these only nullglob changes anything here. */
    private static final List<String> EXTENSIONS = List.of("array_expand_once", "assoc_expand_once", "autocd", "bash_source_fullpath",
            "cdable_vars", "cdspell", "checkhash", "checkjobs", "checkwinsize", "cmdhist", "compat31", "compat32", "compat40", "compat41",
            "compat42", "compat43", "compat44", "complete_fullquote", "direxpand", "dirspell", "dotglob", "execfail", "expand_aliases",
            "extdebug", "extglob", "extquote", "failglob", "force_fignore", "globasciiranges", "globskipdots", "globstar", "gnu_errfmt",
            "histappend", "histreedit", "histverify", "hostcomplete", "huponexit", "inherit_errexit", "interactive_comments", "lastpipe",
            "lithist", "localvar_inherit", "localvar_unset", "login_shell", "mailwarn", "no_empty_cmd_completion", "nocaseglob",
            "nocasematch", "noexpand_translation", "nullglob", "patsub_replacement", "progcomp", "progcomp_alias", "promptvars",
            "restricted_shell", "shift_verbose", "sourcepath", "varredir_close", "xpg_echo");

    /** Options of {@code set} that change nothing here, and those of them that are on. */
    private static final List<String> FIXED_OPTIONS = List.of("braceexpand", "emacs", "hashall", "histexpand",
            "history", "ignoreeof", "interactive-comments", "keyword", "nolog", "notify", "onecmd", "physical", "posix", "privileged", "vi");

    private static final List<String> FIXED_ON = List.of("braceexpand", "hashall", "interactive-comments");
    private static final List<String> FIXED_ON_TERMINALS = List.of("emacs", "histexpand", "history");

    private VariableBuiltins() {}

    static void addTo(Map<String, Builtin> all) {
        all.put("export", VariableBuiltins::export);
        all.put("readonly", VariableBuiltins::readOnly);
        all.put("unset", VariableBuiltins::unset);
        all.put("local", VariableBuiltins::local);
        all.put("declare", VariableBuiltins::declare);
        all.put("typeset", VariableBuiltins::declare);
        all.put("set", VariableBuiltins::set);
        all.put("shift", VariableBuiltins::shift);
        all.put("shopt", VariableBuiltins::shopt);
        all.put("alias", VariableBuiltins::alias);
        all.put("unalias", (shell, words) -> {
            int status = 0;
            for (String name : words.subList(1, words.size())) {
                if (name.equals("-a")) {
                    shell.state().aliases.clear();
                } else if (shell.state().aliases.remove(name) == null) {
                    if (!shell.state().isBash()) {
                        shell.process().error("unalias: " + name + " not found");
                    } else {
                        shell.complain("unalias: " + name + ": not found");
                    }
                    status = 1;
                }
            }
            return status;
        });
    }

    private static boolean isName(String text) {
        return text.matches("[A-Za-z_][A-Za-z0-9_]*");
    }

    /** Assigns {@code name=value} or {@code name+=value}; the name, or null after a complaint. */
    private static @Nullable String assign(Interpreter shell, String builtin, String word) {
        int equals = word.indexOf('=');
        boolean appends = equals > 0 && word.charAt(equals - 1) == '+';
        String name = equals < 0 ? word : word.substring(0, appends ? equals - 1 : equals);
        if (!isName(name)) {
            shell.complain(builtin + ": `" + word + "': not a valid identifier");
            return null;
        }
        if (equals >= 0) {
            Variables variables = shell.state().variables;
            if (variables.isReadOnly(name)) {
                shell.complain(name + ": readonly variable");
                return null;
            }
            String value = word.substring(equals + 1);
            variables.set(name, appends ? variables.appended(name, variables.get(name), value) : value);
        }
        return name;
    }

    private static int export(Interpreter shell, List<String> words) {
        Variables variables = shell.state().variables;
        if (words.size() > 1 && shell.state().isBash() && words.get(1).startsWith("-")) {
            List<String> options = words.stream().skip(1).takeWhile(word -> word.matches("-[fnp]+")).toList();
            if (options.stream().anyMatch(option -> option.contains("f"))) {
                boolean removesFunctions = options.stream().anyMatch(option -> option.contains("n"));
                return FunctionAttributes.export(shell, words.subList(1 + options.size(), words.size()), !removesFunctions);
            }
        }
        boolean removes = words.size() > 1 && words.get(1).equals("-n");
        boolean lists = words.size() == 1 || words.size() == 2 && words.get(1).equals("-p");
        if (lists) {
            boolean bash = shell.state().isBash();
            variables.exported().forEach((name, value) -> shell.process().println(
                    bash ? "declare -x " + name + "=" + Quoting.doubled(value) : "export " + name + "=" + Quoting.single(value)));
            return 0;
        }
        int status = 0;
        for (String word : words.subList(removes ? 2 : 1, words.size())) {
            String name = assign(shell, "export", word);
            if (name == null) {
                status = 1;
            } else {
                variables.export(name, !removes);
            }
        }
        return status;
    }

    private static int readOnly(Interpreter shell, List<String> words) {
        if (words.size() == 1 || words.size() == 2 && words.get(1).equals("-p")) {
            listReadOnly(shell);
            return 0;
        }
        if (words.size() > 1 && shell.state().isBash() && words.get(1).matches("-p?f")) {
            return FunctionAttributes.makeReadOnly(shell, words.subList(2, words.size()));
        }
        int status = 0;
        for (String word : words.subList(1, words.size())) {
            String name = word.equals("-p") ? null : assign(shell, "readonly", word);
            if (name == null) {
                status = 1;
            } else {
                shell.state().variables.makeReadOnly(name);
            }
        }
        return status;
    }

    private static void listReadOnly(Interpreter shell) {
        Variables variables = shell.state().variables;
        for (String name : variables.names()) {
            if (variables.isReadOnly(name)) {
                shell.process().println(shell.state().isBash()
                        ? "declare -" + Declarations.flags(variables, name) + " " + name + "=" + Declarations.value(variables, name)
                        : "readonly " + name + "=" + Quoting.single(variables.getOr(name, "")));
            }
        }
    }

    private static int unset(Interpreter shell, List<String> words) {
        int status = 0;
        boolean functions = false;
        boolean variablesOnly = false;
        for (String word : words.subList(1, words.size())) {
            if (word.equals("-f")) {
                functions = true;
            } else if (word.equals("-v")) {
                variablesOnly = true;
            } else if (word.matches("[A-Za-z_][A-Za-z0-9_]*\\[.+\\]")) {
                int open = word.indexOf('[');
                shell.state().variables.unsetElementAt(word.substring(0, open), word.substring(open + 1, word.length() - 1));
            } else if (functions || !variablesOnly && !shell.state().variables.isSet(word) && shell.state().functions.isDefined(word)) {
                if (!shell.state().functions.remove(word)) {
                    shell.complain("unset: " + word + ": cannot unset: readonly function");
                    status = 1;
                }
            } else if (!shell.state().variables.unset(word)) {
                shell.complain("unset: " + word + ": cannot unset: readonly variable");
                status = 1;
            }
        }
        return status;
    }

    private static int local(Interpreter shell, List<String> words) {
        if (shell.calls() == 0) {
            shell.complain("local: can only be used in a function");
            return 1;
        }
        return words.size() == 1 ? 0 : declare(shell, words);
    }

    private static final String DECLARE_OPTIONS = "aAfFgiIlnprtux";

    private static int declare(Interpreter shell, List<String> words) {
        String builtin = words.getFirst();
        Variables variables = shell.state().variables;
        var flags = new StringBuilder();
        int first = 1;
        boolean removes = false;
        while (first < words.size() && words.get(first).matches("[-+][A-Za-z]+")) {
            removes |= words.get(first).startsWith("+");
            flags.append(words.get(first++).substring(1));
        }
        for (char flag : flags.toString().toCharArray()) {
            if (DECLARE_OPTIONS.indexOf(flag) < 0) {
                shell.complain(builtin + ": -" + flag + ": invalid option");
                shell.process().error(builtin + ": usage: " + (builtin.equals("local") ? "local [option] name[=value] ..."
                        : builtin + " [-aAfFgiIlnrtux] [name[=value] ...] or " + builtin + " -p [-aAfFilnrtux] [name ...]"));
                return 2;
            }
        }
        List<String> names = words.subList(first, words.size());
        if (flags.indexOf("f") >= 0 || flags.indexOf("F") >= 0) {
            return FunctionAttributes.declare(shell, flags.toString(), names);
        }
        if (flags.indexOf("p") >= 0 || names.isEmpty()) {
            return print(shell, builtin, names);
        }
        int status = 0;
        for (String word : names) {
            String name = word.split("\\+?=", 2)[0];
            if (shell.calls() > 0 && flags.indexOf("g") < 0 && isName(name)) {
                variables.makeLocal(name);
            }
            if (!isName(name)) {
                shell.complain(builtin + ": `" + word + "': not a valid identifier");
                status = 1;
                continue;
            }
            if (flags.indexOf("n") >= 0) {
                throw new ExpansionError("vethlab: references to variables (-n) are not emulated");
            }
            if (flags.indexOf("A") >= 0 && !variables.makeAssociative(name)) {
                shell.complain(builtin + ": " + name + ": cannot convert indexed to associative array");
                status = 1;
                continue;
            }
            for (Variables.Kind kind : Variables.Kind.values()) {
                if (kind != Variables.Kind.TEXT && flags.indexOf(kind.flag) >= 0) {
                    variables.setKind(name, removes ? Variables.Kind.TEXT : kind);
                }
            }
            if (assign(shell, builtin, word) == null) {
                status = 1;
                continue;
            }
            if (flags.indexOf("x") >= 0) {
                variables.export(name, !removes);
            }
            if (flags.indexOf("r") >= 0) {
                variables.makeReadOnly(name);
            }
            if (flags.indexOf("a") >= 0 && !variables.isArray(name)) {
                variables.setArray(name, variables.elements(name), false);
            }
        }
        return status;
    }

    private static int print(Interpreter shell, String builtin, List<String> names) {
        Variables variables = shell.state().variables;
        int status = 0;
        for (String name : names.isEmpty() ? variables.names() : names) {
            if (!variables.isSet(name) && !variables.isArray(name)) {
                shell.complain(builtin + ": " + name + ": not found");
                status = 1;
                continue;
            }
            String flags = Declarations.flags(variables, name);
            String value = Declarations.value(variables, name);
            boolean empty = variables.isAssociative(name) && variables.indexes(name).isEmpty();
            shell.process().println("declare -" + (flags.isEmpty() ? "-" : flags) + " " + name + (empty ? "" : "=" + value));
        }
        return status;
    }

    private static int set(Interpreter shell, List<String> words) {
        ShellState state = shell.state();
        if (words.size() == 1) {
            for (String name : state.variables.names()) {
                String value = state.variables.getOr(name, "");
                shell.process().println(name + "=" + (state.isBash() ? Quoting.forTrace(value) : Quoting.single(value)));
            }
            return 0;
        }
        int i = 1;
        for (; i < words.size(); i++) {
            String word = words.get(i);
            if (word.equals("--")) {
                state.arguments = List.copyOf(words.subList(i + 1, words.size()));
                return 0;
            }
            if (word.length() < 2 || word.charAt(0) != '-' && word.charAt(0) != '+') {
                break;
            }
            boolean on = word.charAt(0) == '-';
            for (char letter : word.substring(1).toCharArray()) {
                if (letter == 'o') {
                    if (i + 1 >= words.size()) {
                        listOptions(shell, on);
                        return 0;
                    }
                    String title = words.get(++i);
                    if (!switchOption(state, option -> option.title.equals(title), on)) {
                        if (options(state).containsKey(title)) {
                            continue;
                        }
                        shell.complain("set: " + title + ": invalid option name");
                        return state.dialect == ShellState.Dialect.ASH ? 1 : 2;
                    }
                } else if (!switchOption(state, option -> option.letter == letter, on)
                        && (state.isBash() ? "hbBHPk".indexOf(letter) < 0 : !AlmquistSettings.knows(state, letter))) {
                    shell.complain("set: " + word.charAt(0) + letter + ": invalid option");
                    if (!state.isBash()) {
                        return 2;
                    }
                    shell.process().error("set: usage: set [-abefhkmnptuvxBCEHPT] [-o option-name] [--] [-] [arg ...]");
                    return 2;
                }
            }
        }
        if (i < words.size()) {
            state.arguments = List.copyOf(words.subList(i, words.size()));
        }
        return 0;
    }

    private static int shopt(Interpreter shell, List<String> words) {
        ShellState state = shell.state();
        List<String> flags = words.stream().skip(1).filter(word -> word.startsWith("-")).toList();
        List<String> names = words.stream().skip(1).filter(word -> !word.startsWith("-")).toList();
        int status = 0;
        if (flags.stream().anyMatch(flag -> flag.contains("o"))) {
            return setOptions(shell, String.join("", flags), names);
        }
        if (names.isEmpty() && !flags.contains("-q")) {
            EXTENSIONS.stream().filter(name -> flags.isEmpty() || flags.contains("-p")
                    || flags.contains("-s") == state.extensions.contains(name)).forEach(name -> show(shell, name, flags.contains("-p")));
        }
        for (String name : names) {
            if (!EXTENSIONS.contains(name)) {
                shell.complain("shopt: " + name + ": invalid shell option name");
                status = 1;
            } else if (flags.contains("-s")) {
                state.extensions.add(name);
            } else if (flags.contains("-u")) {
                state.extensions.remove(name);
            } else {
                boolean on = state.extensions.contains(name);
                status = on ? status : 1;
                if (!flags.contains("-q")) {
                    show(shell, name, flags.contains("-p"));
                }
            }
        }
        return status;
    }

    /** {@code shopt -o}: the options of {@code set}. */
    private static int setOptions(Interpreter shell, String flags, List<String> names) {
        if (names.isEmpty()) {
            listOptions(shell, !flags.contains("p"));
            return 0;
        }
        int status = 0;
        Map<String, Boolean> all = options(shell.state());
        for (String name : names) {
            Boolean on = all.get(name);
            if (on == null) {
                shell.complain("shopt: " + name + ": invalid option name");
                status = 1;
            } else if (flags.contains("s") || flags.contains("u")) {
                switchOption(shell.state(), option -> option.title.equals(name), flags.contains("s"));
            } else {
                status = on ? status : 1;
                if (!flags.contains("q")) {
                    showOption(shell, name, on, !flags.contains("p"));
                }
            }
        }
        return status;
    }

    private static void show(Interpreter shell, String extension, boolean reusable) {
        boolean on = shell.state().extensions.contains(extension);
        shell.process().println(reusable ? "shopt -" + (on ? "s " : "u ") + extension
                : extension + " ".repeat(Math.max(0, 20 - extension.length())) + "\t" + (on ? "on" : "off"));
    }

    /** All options of {@code set}, and whether they are on. */
    private static Map<String, Boolean> options(ShellState state) {
        if (!state.isBash()) {
            return AlmquistSettings.listed(state);
        }
        var all = new TreeMap<String, Boolean>();
        for (String title : FIXED_OPTIONS) {
            all.put(title, FIXED_ON.contains(title) || state.interactive && FIXED_ON_TERMINALS.contains(title));
        }
        for (ShellState.Option option : ShellState.Option.values()) {
            all.put(option.title, state.has(option));
        }
        return all;
    }

    private static void listOptions(Interpreter shell, boolean readable) {
        if (readable && shell.state().isDash()) {
            shell.process().println("Current option settings");
        }
        options(shell.state()).forEach((title, on) -> showOption(shell, title, on, readable));
    }

    private static void showOption(Interpreter shell, String title, boolean on, boolean readable) {
        shell.process().println(readable
                ? title + " ".repeat(Math.max(0, 15 - title.length())) + (shell.state().isBash() ? "\t" : " ") + (on ? "on" : "off")
                : "set " + (on ? "-o " : "+o ") + title);
    }

    /** Switches an option on by its long name; false if it is none of this shell's. */
    public static boolean switchByTitle(ShellState state, String title) {
        return switchOption(state, option -> option.title.equals(title), true) || options(state).containsKey(title);
    }

    private static boolean switchOption(ShellState state, Predicate<ShellState.Option> which, boolean on) {
        for (ShellState.Option option : ShellState.Option.values()) {
            if (which.test(option) && (state.isBash() || !option.isOfBash())) {
                if (on) {
                    state.options.add(option);
                } else {
                    state.options.remove(option);
                }
                return true;
            }
        }
        return false;
    }

    private static int shift(Interpreter shell, List<String> words) {
        ShellState state = shell.state();
        long count = words.size() > 1 ? Arithmetic.evaluate(words.get(1), state.variables) : 1;
        if (count < 0 || count > state.arguments.size()) {
            if (state.dialect == ShellState.Dialect.DASH) {
                shell.complain("shift: can't shift that many");
            }
            return 1;
        }
        state.arguments = state.arguments.subList((int) count, state.arguments.size());
        return 0;
    }

    private static int alias(Interpreter shell, List<String> words) {
        int status = 0;
        String command = shell.state().isBash() ? "alias " : "";
        Map<String, String> aliases = shell.state().aliases;
        if (words.size() == 1) {
            (shell.state().isBash() ? new TreeMap<>(aliases) : aliases).forEach((name, value) -> shell.process().println(command + name + "=" + Quoting.single(value)));
        }
        for (String word : words.subList(1, words.size())) {
            int equals = word.indexOf('=');
            if (equals > 0) {
                aliases.put(word.substring(0, equals), word.substring(equals + 1));
            } else if (aliases.containsKey(word)) {
                shell.process().println(command + word + "=" + Quoting.single(Objects.requireNonNull(aliases.get(word))));
            } else {
                if (shell.state().isBash()) {
                    shell.complain("alias: " + word + ": not found");
                } else {
                    shell.process().error("alias: " + word + " not found");
                }
                status = 1;
            }
        }
        return status;
    }
}
