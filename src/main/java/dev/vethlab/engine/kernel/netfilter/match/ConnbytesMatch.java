package dev.vethlab.engine.kernel.netfilter.match;

import dev.vethlab.engine.kernel.PacketBuffer;
import dev.vethlab.engine.kernel.conntrack.ConntrackEntry;
import dev.vethlab.engine.kernel.netfilter.HookPoint;
import dev.vethlab.engine.kernel.netfilter.PacketView;
import java.util.Locale;

/**
 * {@code -m connbytes}: how much a connection has carried so far ({@code xt_connbytes.c}).
 *
 * @param from and {@code to}: both included, as unsigned numbers
 */
public record ConnbytesMatch(long from, long to, Mode mode, Direction direction, boolean inverted) implements Match {
    /** What is counted. */
    public enum Mode {
        PACKETS,
        BYTES,
        AVGPKT;

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Of whom. */
    public enum Direction {
        ORIGINAL,
        REPLY,
        BOTH;

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Override
    public String name() {
        return "connbytes";
    }

    @Override
    public boolean needsConntrack() {
        return true;
    }

    @Override
    public boolean needsAccounting() {
        return true;
    }

    @Override
    public boolean matches(PacketBuffer packet, HookPoint at) {
        ConntrackEntry connection = packet.connection;
        ConntrackEntry.Traffic traffic = connection == null ? null : connection.traffic();
        if (traffic == null) {
            return false;
        }
        long packets = sum(traffic.packets(false), traffic.packets(true));
        long bytes = sum(traffic.bytes(false), traffic.bytes(true));
        long amount = switch (mode) {
            case PACKETS -> packets;
            case BYTES -> bytes;
            case AVGPKT -> packets == 0 ? 0 : bytes / packets;
        };
        return (Long.compareUnsigned(amount, from) >= 0 && Long.compareUnsigned(amount, to) <= 0) != inverted;
    }

    private long sum(long original, long reply) {
        return switch (direction) {
            case ORIGINAL -> original;
            case REPLY -> reply;
            case BOTH -> original + reply;
        };
    }

    private String range() {
        return Long.toUnsignedString(from) + (to == -1 ? "" : ":" + Long.toUnsignedString(to));
    }

    @Override
    public void save(StringBuilder out) {
        out.append(inverted ? " ! --connbytes " : " --connbytes ").append(range());
        out.append(" --connbytes-mode ").append(mode.text()).append(" --connbytes-dir ").append(direction.text());
    }

    @Override
    public void list(StringBuilder out, boolean numeric) {
        out.append(inverted ? " ! connbytes " : " connbytes ").append(range());
        out.append(" connbytes mode ").append(mode.text()).append(" connbytes direction ").append(direction.text());
    }

    @Override
    public String was(PacketView seen) {
        return "another amount";
    }
}
