package dev.vethlab.engine.shell.builtin;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The options that dash's builtins take: others are refused before the builtin begins ({@code nextopt} in its options.c). */
final class AlmquistOptions {
    /** Letters; a colon follows one that takes an argument. */
    private static final Map<String, String> LETTERS = new TreeMap<>();

    static {
        LETTERS.put("cd", "LP");
        LETTERS.put("export", "p");
        LETTERS.put("readonly", "p");
        LETTERS.put("unset", "fv");
        LETTERS.put("read", "p:r");
        LETTERS.put("jobs", "lp");
        LETTERS.put("wait", "");
        LETTERS.put("hash", "rv");
        LETTERS.put("ulimit", "HSatfdsmclpnvwr");
        LETTERS.put("umask", "S");
        LETTERS.put("unalias", "a");
        LETTERS.put("command", "pvV");
    }

    private AlmquistOptions() {}

    /** The builtin behind a check of its options. */
    static Builtin checked(String name, Builtin builtin) {
        String letters = LETTERS.get(name);
        return letters == null ? builtin : (shell, words) -> {
            String wrong = illegal(words, letters);
            if (wrong == null) {
                return builtin.run(shell, words);
            }
            shell.complain(name + ": Illegal option " + wrong);
            return 2;
        };
    }

    private static @Nullable String illegal(List<String> words, String letters) {
        for (int i = 1; i < words.size() && words.get(i).length() > 1 && words.get(i).startsWith("-"); i++) {
            if (words.get(i).equals("--")) {
                return null;
            }
            for (int at = 1; at < words.get(i).length(); at++) {
                int known = letters.indexOf(words.get(i).charAt(at));
                if (known < 0) {
                    return "-" + words.get(i).charAt(at);
                }
                if (letters.startsWith(":", known + 1)) {
                    i += at + 1 == words.get(i).length() ? 1 : 0;
                    break;
                }
            }
        }
        return null;
    }
}
