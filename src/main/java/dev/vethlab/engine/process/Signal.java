package dev.vethlab.engine.process;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The signals that programs here send and meet. */
public enum Signal {
    HUP(1),
    INT(2),
    QUIT(3),
    KILL(9),
    USR1(10),
    USR2(12),
    PIPE(13),
    ALRM(14),
    TERM(15),
    CHLD(17),
    CONT(18),
    STOP(19),
    TSTP(20),
    WINCH(28);

    private final int number;

    Signal(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }

    /** The exit status that a shell shows for a process it ended: 128 and the number. */
    public int exitStatus() {
        return 128 + number;
    }

    /** As people write it: {@code INT}, {@code SIGINT}, {@code 2}; null if programs here know no such signal. */
    public static @Nullable Signal parse(String text) {
        String name = text.toUpperCase(Locale.ROOT);
        for (Signal signal : values()) {
            if (name.equals(signal.name()) || name.equals("SIG" + signal.name()) || name.equals(Integer.toString(signal.number))) {
                return signal;
            }
        }
        return null;
    }

    boolean ignoredByDefault() {
        return this == CHLD || this == WINCH || this == CONT || this == STOP || this == TSTP;
    }
}
