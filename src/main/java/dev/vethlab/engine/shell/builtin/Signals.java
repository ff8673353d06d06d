package dev.vethlab.engine.shell.builtin;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The names and numbers of all signals that Linux has, as {@code kill -l} shows them. */
final class Signals {
    /** Linux's, by number from 1. */
    private static final List<String> NAMES = List.of("HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV",
            "USR2", "PIPE", "ALRM", "TERM", "STKFLT", "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU", "URG", "XCPU", "XFSZ", "VTALRM",
            "PROF", "WINCH", "IO", "PWR", "SYS");

    private static final int FIRST_REAL_TIME = 34;
    private static final int LAST_REAL_TIME = 64;
    private static final int COLUMNS = 5;

    private Signals() {}

    private static @Nullable String name(int number) {
        if (number >= 1 && number <= NAMES.size()) {
            return NAMES.get(number - 1);
        }
        if (number < FIRST_REAL_TIME || number > LAST_REAL_TIME) {
            return null;
        }
        int above = number - FIRST_REAL_TIME;
        int below = LAST_REAL_TIME - number;
        return above == 0 ? "RTMIN" : below == 0 ? "RTMAX" : above <= 15 ? "RTMIN+" + above : "RTMAX-" + below;
    }

    /** What {@code kill -l} prints. */
    static String table() {
        var out = new StringBuilder();
        int column = 0;
        for (int number = 1; number <= LAST_REAL_TIME; number++) {
            String name = name(number);
            if (name != null) {
                column++;
                out.append("%2d) SIG%s".formatted(number, name)).append(column % COLUMNS == 0 ? "\n" : "\t");
            }
        }
        return out.append('\n').toString();
    }

    /** What dash's prints: one a line, from 0, and numbers for those that it does not know. */
    static String column() {
        var out = new StringBuilder("0\n");
        for (int number = 1; number <= LAST_REAL_TIME; number++) {
            String name = name(number);
            out.append(name == null || name.equals("STKFLT") ? Integer.toString(number) : name).append('\n');
        }
        return out.toString();
    }

    /** The name of a number or exit status, empty for the C library's own two; the number of a name; null if there is no such signal. */
    static @Nullable String translated(String text) {
        if (text.matches("\\d{1,3}")) {
            int number = Integer.parseInt(text);
            int signal = number > 128 ? number - 128 : number;
            return signal == 0 ? "EXIT" : signal > LAST_REAL_TIME ? null : Objects.requireNonNullElse(name(signal), "");
        }
        String name = text.toUpperCase(Locale.ROOT);
        for (int number = 1; number <= LAST_REAL_TIME; number++) {
            String known = name(number);
            if (known != null && (name.equals(known) || name.equals("SIG" + known))) {
                return Integer.toString(number);
            }
        }
        return null;
    }
}
