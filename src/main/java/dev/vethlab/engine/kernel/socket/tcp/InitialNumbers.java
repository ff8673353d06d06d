package dev.vethlab.engine.kernel.socket.tcp;

import dev.vethlab.engine.kernel.Kernel;

/**
 * Where a connection's sequence numbers and timestamps begin (RFC 6528, RFC 7323 §5.4; {@code net/core/secure_seq.c}).
 *
 * <p>Both go on with the clock for the same ends: so a connection that follows another one is seen to be newer, and may take its place in
 * TIME_WAIT.
 */
final class InitialNumbers {
    private static final long MIX = 0x9E37_79B9_7F4A_7C15L;

    private final Kernel kernel;
    private long secret;

    InitialNumbers(Kernel kernel) {
        this.kernel = kernel;
    }

    /** One number more every 64 ns. */
    int sequence(TcpTuple tuple) {
        long ports = (long) tuple.localPort() << 16 | tuple.remotePort();
        return (int) (hash(addresses(tuple), ports) + (kernel.now() >> 6));
    }

    /** What is added to the clock's milliseconds: the same for all connections between two addresses. */
    int timestampOffset(TcpTuple tuple) {
        return (int) hash(addresses(tuple), 1L << 32);
    }

    private static long addresses(TcpTuple tuple) {
        return (long) tuple.localAddress() << 32 | Integer.toUnsignedLong(tuple.remoteAddress());
    }

    private long hash(long first, long second) {
        if (secret == 0) {
            secret = kernel.random("tcp").nextLong() | 1;
        }
        return mix(mix(first ^ secret) + second);
    }

    private static long mix(long value) {
        long mixed = (value ^ value >>> 30) * MIX;
        return mixed ^ mixed >>> 29;
    }
}
