package dev.vethlab.engine.kernel.netfilter.match;

import dev.vethlab.engine.kernel.PacketBuffer;
import dev.vethlab.engine.kernel.netfilter.HookPoint;
import dev.vethlab.engine.kernel.netfilter.PacketView;
import java.util.Locale;

/** {@code -m statistic}: by chance, or every n-th packet that the rule sees ({@code xt_statistic.c}). */
public final class StatisticMatch implements Match {
    private final long probability;
    private final long every;
    private final long packet;
    private final boolean inverted;
    private long count;

    /**
     * @param probability in 1/2³¹, for {@code --mode random}; -1 for {@code nth}
     * @param every from 1
     * @param packet which one of them, from 0
     */
    public StatisticMatch(long probability, long every, long packet, boolean inverted) {
        this.probability = probability;
        this.every = every;
        this.packet = packet;
        this.inverted = inverted;
        this.count = every - 1 - packet;
    }

    @Override
    public String name() {
        return "statistic";
    }

    @Override
    public boolean matches(PacketBuffer buffer, HookPoint at) {
        if (probability >= 0) {
            return (at.namespace().kernel().random("statistic").nextLong() & 0x7FFF_FFFFL) < probability != inverted;
        }
        count = count == every - 1 ? 0 : count + 1;
        return count == 0 != inverted;
    }

    @Override
    public void save(StringBuilder out) {
        if (probability >= 0) {
            out.append(" --mode random").append(inverted ? " ! --probability " : " --probability ").append(fraction());
        } else {
            out.append(" --mode nth").append(inverted ? " ! --every " : " --every ").append(every).append(" --packet ").append(packet);
        }
    }

    @Override
    public void list(StringBuilder out, boolean numeric) {
        if (probability >= 0) {
            out.append(" statistic mode random").append(inverted ? " ! probability " : " probability ").append(fraction());
        } else {
            out.append(" statistic mode nth").append(inverted ? " ! every " : " every ").append(every);
            if (packet != 0) {
                out.append(" packet ").append(packet);
            }
        }
    }

    private String fraction() {
        return String.format(Locale.ROOT, "%.11f", probability / (double) 0x8000_0000L);
    }

    @Override
    public String was(PacketView seen) {
        return "one of the others";
    }
}
