package dev.vethlab.engine.shell.builtin;

import dev.vethlab.engine.shell.ShellState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The options of {@code set} in dash and in busybox's ash: their order is that of {@code optlist} ({@code src/options.c}, ash.c). */
public final class AlmquistSettings {
    /** @param letter 0 for none */
    private record Setting(String title, char letter) {}

    /** Of ash, what has a letter and no name: the shell runs what follows {@code -c}. */
    private static final String COMMAND = "";

    private static final List<Setting> DASH = settings("errexit e,noglob f,ignoreeof I,interactive i,monitor m,noexec n,stdin s,xtrace x,"
            + "verbose v,vi V,emacs E,noclobber C,allexport a,notify b,nounset u,privileged p,nolog,pipefail,debug");

    private static final List<Setting> ASH = settings("errexit e,noglob f,ignoreeof I, i,monitor m,noexec n, s, c,xtrace x,verbose v,"
            + "noclobber C,allexport a,notify b,nounset u,errtrace E,vi V,pipefail");

    private AlmquistSettings() {}

    private static List<Setting> settings(String text) {
        return List.of(text.split(",")).stream().map(word -> {
            int blank = word.indexOf(' ');
            return blank < 0 ? new Setting(word, '\0') : new Setting(word.substring(0, blank), word.charAt(blank + 1));
        }).toList();
    }

    private static List<Setting> of(ShellState state) {
        return state.isDash() ? DASH : ASH;
    }

    private static boolean isOn(ShellState state, Setting setting) {
        return switch (setting.letter) {
            case 'i' -> state.interactive;
            case 's' -> state.readsInput();
            case 'c' -> state.commandString;
            default -> state.options.stream().anyMatch(option -> option.title.equals(setting.title));
        };
    }

    /** All that {@code set -o} lists, and whether they are on. */
    static Map<String, Boolean> listed(ShellState state) {
        var all = new LinkedHashMap<String, Boolean>();
        for (Setting setting : of(state)) {
            if (!setting.title.equals(COMMAND)) {
                all.put(setting.title, isOn(state, setting));
            }
        }
        return all;
    }

    /** {@code $-}: the letters of what is on, from the end of the list. */
    public static String flags(ShellState state) {
        var flags = new StringBuilder();
        for (Setting setting : of(state).reversed()) {
            if (setting.letter != 0 && isOn(state, setting)) {
                flags.append(setting.letter);
            }
        }
        return flags.toString();
    }

    static boolean knows(ShellState state, char letter) {
        return of(state).stream().anyMatch(setting -> setting.letter == letter);
    }
}
