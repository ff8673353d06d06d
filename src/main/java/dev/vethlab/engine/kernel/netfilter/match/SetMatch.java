package dev.vethlab.engine.kernel.netfilter.match;

import dev.vethlab.engine.kernel.PacketBuffer;
import dev.vethlab.engine.kernel.netfilter.HookPoint;
import dev.vethlab.engine.kernel.netfilter.PacketView;
import dev.vethlab.engine.kernel.netfilter.set.IpSet;
import dev.vethlab.engine.kernel.netfilter.set.SetEntry;
import dev.vethlab.engine.kernel.netfilter.set.SetTable;
import dev.vethlab.engine.packet.Ipv4;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * {@code -m set}: the packet is in a set ({@code xt_set.c}).
 *
 * @param sources for each part of an element whether it is the source
 */
public record SetMatch(
        String set,
        List<Boolean> sources,
        boolean inverted,
        boolean returnNoMatch,
        boolean updateCounters,
        boolean updateSubcounters,
        @Nullable Counter packets,
        @Nullable Counter bytes)
        implements Match {
    /** A condition on a counter of the element. */
    public record Counter(Comparison comparison, long value, boolean inverted) {
        boolean holds(long counted) {
            return switch (comparison) {
                case EQ -> (counted == value) != inverted;
                case LT -> counted < value;
                case GT -> counted > value;
            };
        }

        private void append(StringBuilder out, String lead, String counter) {
            out.append(inverted ? " ! " : " ").append(lead).append(counter).append('-')
                    .append(comparison.name().toLowerCase(Locale.ROOT)).append(' ').append(Long.toUnsignedString(value));
        }
    }

    /** How a counter is compared. */
    public enum Comparison {
        EQ,
        LT,
        GT
    }

    @Override
    public String name() {
        return "set";
    }

    @Override
    public boolean matches(PacketBuffer packet, HookPoint at) {
        SetTable sets = at.namespace().netfilter().sets();
        IpSet found = sets.find(set);
        boolean in = found != null
                && sets.matches(found, packet, at, new SetTable.Question(sources, updateCounters, returnNoMatch, this::holds));
        return in != inverted;
    }

    private boolean holds(SetEntry entry) {
        return (packets == null || packets.holds(entry.packets())) && (bytes == null || bytes.holds(entry.bytes()));
    }

    @Override
    public void save(StringBuilder out) {
        options(out, "--");
    }

    @Override
    public void list(StringBuilder out, boolean numeric) {
        options(out, "");
    }

    private void options(StringBuilder out, String lead) {
        out.append(inverted ? " ! " : " ").append(lead).append("match-set ").append(set).append(' ').append(directions(sources));
        if (returnNoMatch) {
            out.append(' ').append(lead).append("return-nomatch");
        }
        if (!updateCounters) {
            out.append(" ! ").append(lead).append("update-counters");
        }
        if (!updateSubcounters) {
            out.append(" ! ").append(lead).append("update-subcounters");
        }
        if (packets != null) {
            packets.append(out, lead, "packets");
        }
        if (bytes != null) {
            bytes.append(out, lead, "bytes");
        }
    }

    /** {@code src,dst}. */
    public static String directions(List<Boolean> sources) {
        return String.join(",", sources.stream().map(source -> source ? "src" : "dst").toList());
    }

    @Override
    public String was(PacketView seen) {
        return Ipv4.text(seen.ip().source()) + " to " + Ipv4.text(seen.ip().destination());
    }
}
