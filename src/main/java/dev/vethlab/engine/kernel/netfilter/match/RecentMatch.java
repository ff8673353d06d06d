package dev.vethlab.engine.kernel.netfilter.match;

import dev.vethlab.engine.kernel.PacketBuffer;
import dev.vethlab.engine.kernel.netfilter.HeaderMatch;
import dev.vethlab.engine.kernel.netfilter.Hook;
import dev.vethlab.engine.kernel.netfilter.HookPoint;
import dev.vethlab.engine.kernel.netfilter.PacketView;
import dev.vethlab.engine.packet.Ipv4;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code -m recent}: whether an address was seen lately ({@code xt_recent.c}).
 *
 * @param seconds within how many; 0 for ever
 * @param hits how often at least; 0 for once
 * @param ttl whether the TTL has to be that of the last time
 * @param mask under which addresses are the same
 */
public record RecentMatch(
        Action action, String list, int seconds, int hits, boolean ttl, int mask, boolean destination, boolean inverted) implements Match {
    /** {@code ip_list_tot}: how many addresses a list remembers. */
    private static final int MAX_ADDRESSES = 100;
    /** How often an address's times are remembered, unless a rule counts further. */
    private static final int STAMPS = 32;
    private static final long SECOND = 1_000_000_000L;

    /** What is done with the address. */
    public enum Action {
        SET("set", "SET"),
        RCHECK("rcheck", "CHECK"),
        UPDATE("update", "UPDATE"),
        REMOVE("remove", "REMOVE");

        private final String option;
        private final String word;

        Action(String option, String word) {
            this.option = option;
            this.word = word;
        }
    }

    /** The addresses of one name, longest unseen first; rules of a namespace share them. */
    public static final class Seen {
        private final Map<Integer, Address> addresses = new LinkedHashMap<>();

        private static final class Address {
            private final ArrayDeque<Long> stamps = new ArrayDeque<>();
            private int ttl;
        }

        /** An address, when it was seen, in the order of the times, and its last TTL. */
        public record Entry(int address, int ttl, List<Long> stamps) {}

        /** What is remembered, longest unseen first. */
        public List<Entry> entries() {
            return addresses.entrySet().stream()
                    .map(entry -> new Entry(entry.getKey(), entry.getValue().ttl, List.copyOf(entry.getValue().stamps)))
                    .toList();
        }

        /** The administrator says that it was seen now. */
        public void add(int address, long now) {
            note(address, 0, now, STAMPS);
        }

        public void remove(int address) {
            addresses.remove(address);
        }

        public void clear() {
            addresses.clear();
        }

        private void note(int address, int ttl, long now, int capacity) {
            Address known = addresses.remove(address);
            if (known == null) {
                known = new Address();
                if (addresses.size() >= MAX_ADDRESSES) {
                    addresses.remove(addresses.keySet().iterator().next());
                }
            }
            known.ttl = ttl;
            known.stamps.addLast(now);
            while (known.stamps.size() > capacity) {
                known.stamps.removeFirst();
            }
            addresses.put(address, known);
        }
    }

    @Override
    public String name() {
        return "recent";
    }

    @Override
    public boolean matches(PacketBuffer packet, HookPoint at) {
        Seen seen = at.namespace().netfilter().recent(list);
        long now = at.namespace().kernel().now();
        int address = (destination ? packet.ip().destination() : packet.ip().source()) & mask;
        boolean forwarded = at.hook() == Hook.FORWARD || (at.hook() == Hook.POSTROUTING && packet.owner == null);
        int hops = packet.ip().ttl() + (forwarded ? 1 : 0);
        Seen.Address known = seen.addresses.get(address);
        if (known != null && ttl && known.ttl != hops) {
            known = null;
        }
        boolean found = switch (action) {
            case SET -> true;
            case REMOVE -> known != null && seen.addresses.remove(address) != null;
            case RCHECK, UPDATE -> known != null && often(known, now);
        };
        if (action == Action.SET || (action == Action.UPDATE && found)) {
            seen.note(address, hops, now, Math.max(STAMPS, hits));
        }
        return found != inverted;
    }

    private boolean often(Seen.Address known, long now) {
        int counted = 0;
        Iterator<Long> latest = known.stamps.descendingIterator();
        while (latest.hasNext()) {
            if (seconds > 0 && latest.next() < now - seconds * SECOND) {
                return false;
            }
            if (seconds == 0) {
                latest.next();
            }
            if (++counted >= hits) {
                return true;
            }
        }
        return false;
    }

    /** What is set or removed is not counted. */
    @Override
    public boolean allowedFor(HeaderMatch header) {
        return (action != Action.SET && action != Action.REMOVE) || (seconds == 0 && hits == 0);
    }

    @Override
    public void save(StringBuilder out) {
        out.append(inverted ? " ! --" : " --").append(action.option);
        out.append(seconds > 0 ? " --seconds " + seconds : "").append(hits > 0 ? " --hitcount " + hits : "").append(ttl ? " --rttl" : "");
        out.append(" --name ").append(list).append(" --mask ").append(Ipv4.text(mask)).append(destination ? " --rdest" : " --rsource");
    }

    @Override
    public void list(StringBuilder out, boolean numeric) {
        out.append(inverted ? " ! recent: " : " recent: ").append(action.word);
        out.append(seconds > 0 ? " seconds: " + seconds : "").append(hits > 0 ? " hit_count: " + hits : "");
        out.append(ttl ? " TTL-Match" : "").append(" name: ").append(list).append(" side: ").append(destination ? "dest" : "source")
                .append(" mask: ").append(Ipv4.text(mask));
    }

    @Override
    public String was(PacketView seen) {
        return Ipv4.text(destination ? seen.ip().destination() : seen.ip().source()) + ", not so in list " + list;
    }
}
