package dev.vethlab.engine.process;

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

    boolean ignoredByDefault() {
        return this == CHLD || this == WINCH || this == CONT || this == STOP || this == TSTP;
    }
}
