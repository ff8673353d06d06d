package dev.vethlab.engine.shell.builtin;

import dev.vethlab.engine.process.Unsupported;
import dev.vethlab.engine.shell.ShellState;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The builtins by name. */
public final class Builtins {
    private static final Map<String, Builtin> ALL = new TreeMap<>();
    private static final Set<String> SPECIAL =
            new TreeSet<>(List.of(":", ".", "source", "eval", "exec", "exit", "export", "readonly", "return", "set", "shift", "trap",
                    "unset", "break", "continue"));
    private static final Set<String> BASH_ONLY = new TreeSet<>(List.of("declare", "typeset", "source", "pushd", "popd", "dirs", "shopt",
            "mapfile", "readarray",
            "disown", "builtin", "caller", "enable", "logout"));
    /** Those that bash has and that are not emulated: history by editor, completion for programs, the shell's own tables and texts. */
    private static final List<String> NOT_EMULATED =
            List.of("bind", "compgen", "complete", "compopt", "fc", "suspend");

    static {
        BasicBuiltins.addTo(ALL);
        LookupBuiltins.addTo(ALL);
        VariableBuiltins.addTo(ALL);
        JobBuiltins.addTo(ALL);
        InputBuiltins.addTo(ALL);
        DirectoryBuiltins.addTo(ALL);
        ALL.put("umask", UmaskBuiltin::run);
        NOT_EMULATED.forEach(name -> ALL.put(name, (shell, words) -> Unsupported.answer(shell.process(), name + " is not emulated")));
        ALL.put("help", (shell, words) -> Unsupported.answer(shell.process(),
                "the shell's help texts are not kept; programs have --help, and why explains the last packet or any other"));
        BASH_ONLY.addAll(NOT_EMULATED);
    }

    private Builtins() {}

    public static @Nullable Builtin find(String name, ShellState.Dialect dialect) {
        boolean known = switch (dialect) {
            case BASH -> true;
            case ASH -> !BASH_ONLY.contains(name) || name.equals("source");
            case DASH -> !BASH_ONLY.contains(name) && !name.equals("help") && !name.equals("let");
        };
        Builtin builtin = known ? ALL.get(name) : null;
        return builtin != null && dialect == ShellState.Dialect.DASH ? AlmquistOptions.checked(name, builtin) : builtin;
    }

    /** Whether POSIX calls it special: assignments before it last. */
    public static boolean isSpecial(String name) {
        return SPECIAL.contains(name);
    }

    /** Whether a mistake in it ends dash and ash, as POSIX wants of special builtins. */
    public static boolean endsAlmquist(String name) {
        return SPECIAL.contains(name) && !name.equals("trap") || name.equals("local");
    }

    public static List<String> names(ShellState.Dialect dialect) {
        return ALL.keySet().stream().filter(name -> find(name, dialect) != null).toList();
    }
}
