package dev.vethlab.engine.packet;

/** Arithmetic on TCP's sequence numbers, modulo 2³² (RFC 9293 §3.4). */
public final class Sequence {
    private Sequence() {}

    public static boolean before(int one, int other) {
        return one - other < 0;
    }

    public static boolean after(int one, int other) {
        return one - other > 0;
    }

    public static int max(int one, int other) {
        return before(one, other) ? other : one;
    }
}
