package dev.vethlab.engine.kernel.socket.tcp;

/** Arithmetic on sequence numbers, modulo 2³² (RFC 9293 §3.4). */
final class Sequence {
    private Sequence() {}

    static boolean before(int one, int other) {
        return one - other < 0;
    }

    static boolean after(int one, int other) {
        return one - other > 0;
    }

    static int max(int one, int other) {
        return before(one, other) ? other : one;
    }
}
