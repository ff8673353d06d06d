package dev.vethlab.engine.packet;

import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * The options of an IPv4 header that its way writes into: record route and timestamp (RFC 791 §3.1, {@code net/ipv4/ip_options.c}).
 *
 * @param bytes as on the wire, padded to a multiple of four; at most {@link #MAX_LENGTH}
 */
public record Ipv4Options(Bytes bytes) {
    public static final int MAX_LENGTH = 40;
    public static final Ipv4Options NONE = new Ipv4Options(Bytes.EMPTY);

    public static final int END = 0;
    public static final int NO_OPERATION = 1;
    public static final int RECORD_ROUTE = 7;
    public static final int TIMESTAMP = 68;
    public static final int ROUTER_ALERT = 148;

    /** What a timestamp option holds, the low four bits of its fourth byte. */
    public static final int TIMES_ONLY = 0;
    public static final int TIMES_AND_ADDRESSES = 1;
    public static final int PRESPECIFIED = 3;

    /** Set in options that every fragment bears. */
    private static final int COPIED = 0x80;
    private static final int MAX_OVERFLOW = 15;
    private static final int ADDRESS = 4;

    public Ipv4Options {
        if (bytes.length() % 4 != 0 || bytes.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("options of " + bytes.length() + " bytes");
        }
    }

    /** “Routers, look at this although it is not for you” (RFC 2113). */
    public static Ipv4Options routerAlert() {
        return new Ipv4Options(Bytes.of(new byte[] {(byte) ROUTER_ALERT, 4, 0, 0}));
    }

    /** Room for nine addresses, behind a no-operation that aligns them. */
    public static Ipv4Options recordRoute() {
        var bytes = new byte[MAX_LENGTH];
        bytes[0] = NO_OPERATION;
        bytes[1] = RECORD_ROUTE;
        bytes[2] = MAX_LENGTH - 1;
        bytes[3] = 4;
        return new Ipv4Options(Bytes.of(bytes));
    }

    /** Room for times, with addresses or without, or for the times of the machines named. */
    public static Ipv4Options timestamp(int kind, int... machines) {
        int entries = kind == PRESPECIFIED ? machines.length : (MAX_LENGTH - 4) / (2 * ADDRESS);
        var bytes = new byte[kind == TIMES_ONLY ? MAX_LENGTH : 4 + 2 * ADDRESS * entries];
        bytes[0] = TIMESTAMP;
        bytes[1] = (byte) bytes.length;
        bytes[2] = 5;
        bytes[3] = (byte) kind;
        for (int i = 0; i < machines.length; i++) {
            WireFormat.put32(bytes, 4 + 2 * ADDRESS * i, machines[i]);
        }
        return new Ipv4Options(Bytes.of(bytes));
    }

    public int length() {
        return bytes.length();
    }

    public boolean isEmpty() {
        return bytes.isEmpty();
    }

    /**
     * A machine that a packet passes, and what it writes.
     *
     * @param routeAddress its address in a recorded route
     * @param stampAddress its address beside a time
     * @param time milliseconds since midnight UTC
     * @param owns whether an address is one of its own
     */
    public record Station(int routeAddress, int stampAddress, int time, IntPredicate owns) {}

    /**
     * With this machine's entries ({@code __ip_options_compile}, {@code ip_forward_options}, {@code ip_options_build}).
     *
     * @param received whether it came in from outside: only then times that find no room are counted
     */
    public Ipv4Options visited(Station station, boolean received) {
        if (isEmpty()) {
            return this;
        }
        byte[] out = bytes.toArray();
        for (int at = 0; at < out.length; at = next(out, at)) {
            switch (out[at] & 0xFF) {
                case RECORD_ROUTE -> record(out, at, station);
                case TIMESTAMP -> stamp(out, at, station, received);
                default -> {}
            }
        }
        return new Ipv4Options(Bytes.of(out));
    }

    /** What an answer bears to a packet with these: route and times go on being written ({@code __ip_options_echo}). */
    public Ipv4Options echoed() {
        if (isEmpty()) {
            return this;
        }
        byte[] in = bytes.toArray();
        var out = new byte[in.length];
        int length = 0;
        for (int at = 0; at < in.length; at = next(in, at)) {
            int type = in[at] & 0xFF;
            if (type == RECORD_ROUTE || type == TIMESTAMP) {
                int size = next(in, at) - at;
                System.arraycopy(in, at, out, length, size);
                length += size;
            }
        }
        return new Ipv4Options(Bytes.of(out).slice(0, length + 3 & ~3));
    }

    /** What fragments but the first bear: options not to be copied are no-operations there ({@code ip_options_fragment}). */
    public Ipv4Options ofLaterFragment() {
        if (isEmpty()) {
            return this;
        }
        byte[] out = bytes.toArray();
        for (int at = 0; at < out.length;) {
            int next = next(out, at);
            if (out[at] != END && (out[at] & COPIED) == 0) {
                Arrays.fill(out, at, next, (byte) NO_OPERATION);
            }
            at = next;
        }
        return new Ipv4Options(Bytes.of(out));
    }

    private static void record(byte[] out, int at, Station station) {
        int pointer = out[at + 2] & 0xFF;
        if (pointer + ADDRESS - 1 <= (out[at + 1] & 0xFF)) {
            WireFormat.put32(out, at + pointer - 1, station.routeAddress());
            out[at + 2] += ADDRESS;
        }
    }

    private void stamp(byte[] out, int at, Station station, boolean received) {
        int pointer = out[at + 2] & 0xFF;
        int kind = out[at + 3] & 15;
        int size = kind == TIMES_ONLY ? ADDRESS : 2 * ADDRESS;
        if (pointer + size - 1 > (out[at + 1] & 0xFF)) {
            int overflow = out[at + 3] >>> 4 & 15;
            if (received && kind != PRESPECIFIED && overflow < MAX_OVERFLOW) {
                out[at + 3] = (byte) (overflow + 1 << 4 | kind);
            }
            return;
        }
        int entry = at + pointer - 1;
        if (kind == PRESPECIFIED && !station.owns().test(WireParser.get32(bytes, entry))) {
            return;
        }
        if (kind == TIMES_AND_ADDRESSES) {
            WireFormat.put32(out, entry, station.stampAddress());
        }
        WireFormat.put32(out, entry + size - ADDRESS, station.time());
        out[at + 2] += (byte) size;
    }

    /** Where the option after the one at {@code at} begins; what is malformed, and the end of the list, take all that is left. */
    private static int next(byte[] bytes, int at) {
        if (bytes[at] == NO_OPERATION) {
            return at + 1;
        }
        boolean whole = bytes[at] != END && at + 3 < bytes.length && (bytes[at + 1] & 0xFF) >= 4;
        return whole ? Math.min(bytes.length, at + (bytes[at + 1] & 0xFF)) : bytes.length;
    }
}
