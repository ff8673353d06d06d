package dev.vethlab.engine.docker.container;

import java.util.List;
import java.util.Locale;

/** The numbers of signals, those too that no program here knows ({@code moby/sys/signal}). */
final class SignalNumber {
    /** {@code SIGRTMAX}. */
    static final int LAST = 64;

    private static final int FIRST_REAL_TIME = 34;
    private static final int STEPS_FROM_FIRST = 15;
    private static final int STEPS_FROM_LAST = 14;
    private static final List<String> NAMES = List.of("HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV",
            "USR2", "PIPE", "ALRM", "TERM", "STKFLT", "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU", "URG", "XCPU", "XFSZ", "VTALRM", "PROF",
            "WINCH", "IO", "PWR", "SYS");

    private SignalNumber() {}

    /** The number of what people wrote; 0 if it is no signal. */
    static int parse(String text) {
        if (text.matches("[+-]?\\d{1,9}")) {
            return Integer.parseInt(text);
        }
        String name = text.toUpperCase(Locale.ROOT).replaceFirst("^SIG", "");
        if (NAMES.contains(name)) {
            return NAMES.indexOf(name) + 1;
        }
        return switch (name) {
            case "CLD" -> NAMES.indexOf("CHLD") + 1;
            case "IOT" -> NAMES.indexOf("ABRT") + 1;
            case "POLL" -> NAMES.indexOf("IO") + 1;
            case "RTMIN" -> FIRST_REAL_TIME;
            case "RTMAX" -> LAST;
            default -> name.matches("RTMIN\\+\\d{1,2}") ? realTime(FIRST_REAL_TIME, Integer.parseInt(name.substring(6)), STEPS_FROM_FIRST)
                    : name.matches("RTMAX-\\d{1,2}") ? realTime(LAST, -Integer.parseInt(name.substring(6)), STEPS_FROM_LAST) : 0;
        };
    }

    private static int realTime(int from, int steps, int most) {
        return steps == 0 || Math.abs(steps) > most ? 0 : from + steps;
    }
}
