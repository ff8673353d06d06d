package dev.vethlab.engine.command.net.tcpdump.print;

import dev.vethlab.engine.packet.Bytes;

/** Captured bytes under a reader's eyes; looking beyond what was captured is {@link Truncated}. */
record Octets(Bytes bytes) {
    /** The snapshot ends before what was to be printed does. */
    static final class Truncated extends RuntimeException {
        private static final long serialVersionUID = 1;

        Truncated() {
            super(null, null, false, false);
        }
    }

    int length() {
        return bytes.length();
    }

    int u8(int at) {
        if (at < 0 || at >= bytes.length()) {
            throw new Truncated();
        }
        return bytes.get(at);
    }

    int u16(int at) {
        return u8(at) << 8 | u8(at + 1);
    }

    int s32(int at) {
        return u16(at) << 16 | u16(at + 2);
    }

    long u32(int at) {
        return s32(at) & 0xFFFF_FFFFL;
    }

    long mac(int at) {
        return (long) u16(at) << 32 | u32(at + 2);
    }

    Octets from(int at) {
        return new Octets(at >= bytes.length() ? Bytes.EMPTY : bytes.slice(at));
    }

    /** The first {@code count} bytes, or what there is of them. */
    Octets first(int count) {
        return count >= bytes.length() ? this : new Octets(bytes.slice(0, Math.max(0, count)));
    }
}
