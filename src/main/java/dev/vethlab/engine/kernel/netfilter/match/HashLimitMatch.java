package dev.vethlab.engine.kernel.netfilter.match;

import dev.vethlab.engine.kernel.PacketBuffer;
import dev.vethlab.engine.kernel.netfilter.HookPoint;
import dev.vethlab.engine.kernel.netfilter.PacketView;
import dev.vethlab.engine.packet.Ipv4;
import dev.vethlab.engine.packet.Ipv4Packet;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * {@code -m hashlimit}: a limit for each source, destination or port ({@code xt_hashlimit.c}). Rules of the same name in a namespace
 * share their allowances.
 */
public record HashLimitMatch(Configuration configuration) implements Match {
    private static final int MAX_ENTRIES = 4096;

    /**
     * The options.
     *
     * @param modes bits of {@link #SOURCE_IP} …
     * @param size, max, gcInterval, expire 0 if not given; the last two in milliseconds
     */
    public record Configuration(
            String name,
            Rate rate,
            int burst,
            boolean above,
            int modes,
            int sourceMask,
            int destinationMask,
            int size,
            int max,
            int gcInterval,
            int expire) {}

    public static final int SOURCE_IP = 1;
    public static final int SOURCE_PORT = 2;
    public static final int DESTINATION_IP = 4;
    public static final int DESTINATION_PORT = 8;
    private static final String[] MODES = {"srcip", "srcport", "dstip", "dstport"};

    private record Key(int source, int sourcePort, int destination, int destinationPort) {}

    /** The allowances of one name ({@code struct xt_hashlimit_htable}). */
    public static final class HashTable {
        private final Map<Key, TokenBucket> buckets = new LinkedHashMap<>();

        private boolean take(Key key, Configuration configuration, long now) {
            long expire = configuration.expire > 0 ? configuration.expire : configuration.rate.unitSeconds() * 1000L;
            TokenBucket bucket = buckets.get(key);
            if (bucket == null || now - bucket.updated() > expire * 1_000_000L) {
                buckets.values().removeIf(other -> now - other.updated() > expire * 1_000_000L);
                if (buckets.size() >= MAX_ENTRIES) {
                    return false;
                }
                bucket = new TokenBucket(configuration.rate, configuration.burst, now);
                buckets.put(key, bucket);
            }
            return bucket.take(now);
        }
    }

    @Override
    public String name() {
        return "hashlimit";
    }

    @Override
    public boolean matches(PacketBuffer packet, HookPoint at) {
        Ipv4Packet ip = packet.ip();
        int modes = configuration.modes;
        var key = new Key(
                (modes & SOURCE_IP) != 0 ? ip.source() & Ipv4.mask(configuration.sourceMask) : 0,
                (modes & SOURCE_PORT) != 0 ? PortRange.source(ip) : 0,
                (modes & DESTINATION_IP) != 0 ? ip.destination() & Ipv4.mask(configuration.destinationMask) : 0,
                (modes & DESTINATION_PORT) != 0 ? PortRange.destination(ip) : 0);
        HashTable table = at.namespace().netfilter().hashLimits(configuration.name);
        return table.take(key, configuration, at.namespace().kernel().now()) != configuration.above;
    }

    @Override
    public void save(StringBuilder out) {
        out.append(configuration.above ? " --hashlimit-above " : " --hashlimit-upto ").append(configuration.rate.text());
        out.append(" --hashlimit-burst ").append(configuration.burst);
        if (configuration.modes != 0) {
            out.append(" --hashlimit-mode ").append(modes(","));
        }
        out.append(" --hashlimit-name ").append(configuration.name);
        details(out, " --hashlimit-");
    }

    @Override
    public void list(StringBuilder out, boolean numeric) {
        out.append(" limit: ").append(configuration.above ? "above " : "up to ").append(configuration.rate.text());
        out.append(" burst ").append(configuration.burst);
        if (configuration.modes != 0) {
            out.append(" mode ").append(modes("-"));
        }
        details(out, " ");
    }

    private String modes(String separator) {
        var out = new StringBuilder();
        for (int i = 0; i < MODES.length; i++) {
            if ((configuration.modes & 1 << i) != 0) {
                out.append(out.isEmpty() ? "" : separator).append(MODES[i]);
            }
        }
        return out.toString();
    }

    private void details(StringBuilder out, String lead) {
        detail(out, lead, "htable-size ", configuration.size, 0);
        detail(out, lead, "htable-max ", configuration.max, 0);
        detail(out, lead, "htable-gcinterval ", configuration.gcInterval, 0);
        detail(out, lead, "htable-expire ", configuration.expire, configuration.rate.unitSeconds() * 1000);
        detail(out, lead, "srcmask ", configuration.sourceMask, 32);
        detail(out, lead, "dstmask ", configuration.destinationMask, 32);
    }

    private static void detail(StringBuilder out, String lead, String name, int value, int usual) {
        if (value != 0 && value != usual) {
            out.append(lead).append(name).append(value);
        }
    }

    @Override
    public String was(PacketView seen) {
        return configuration.above ? "within it" : "one too many";
    }

    /** The bit of a mode's name; 0 if it is none. */
    public static int mode(String name) {
        for (int i = 0; i < MODES.length; i++) {
            if (MODES[i].equals(name)) {
                return 1 << i;
            }
        }
        return 0;
    }
}
