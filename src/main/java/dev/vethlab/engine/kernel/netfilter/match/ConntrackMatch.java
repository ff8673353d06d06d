package dev.vethlab.engine.kernel.netfilter.match;

import dev.vethlab.engine.kernel.PacketBuffer;
import dev.vethlab.engine.kernel.conntrack.ConntrackEntry;
import dev.vethlab.engine.kernel.conntrack.CtInfo;
import dev.vethlab.engine.kernel.conntrack.Tuple;
import dev.vethlab.engine.kernel.netfilter.HeaderMatch.Address;
import dev.vethlab.engine.kernel.netfilter.HookPoint;
import dev.vethlab.engine.kernel.netfilter.PacketView;
import dev.vethlab.engine.packet.IpProtocol;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code -m conntrack}: about the packet's connection ({@code xt_conntrack.c}). All its conditions must hold. */
public record ConntrackMatch(List<Condition> conditions) implements Match {
    public static final int INVALID = 1;
    public static final int NEW = 2;
    public static final int RELATED = 4;
    public static final int ESTABLISHED = 8;
    public static final int UNTRACKED = 16;
    public static final int SNAT = 32;
    public static final int DNAT = 64;
    private static final String[] STATES = {"INVALID", "NEW", "RELATED", "ESTABLISHED", "UNTRACKED", "SNAT", "DNAT"};

    public static final int STATUS_EXPECTED = 1;
    public static final int STATUS_SEEN_REPLY = 2;
    public static final int STATUS_ASSURED = 4;
    public static final int STATUS_CONFIRMED = 8;
    private static final String[] STATUSES = {"EXPECTED", "SEEN_REPLY", "ASSURED", "CONFIRMED"};

    /** One option of the match. */
    public sealed interface Condition {
        boolean inverted();

        /** The option's name without the dashes. */
        String option();

        /** Its value. */
        String value();
    }

    /** {@code --ctstate}. */
    public record State(int states, boolean inverted) implements Condition {
        @Override
        public String option() {
            return "ctstate";
        }

        @Override
        public String value() {
            return names(STATES, states);
        }
    }

    /** {@code --ctproto}. */
    public record Protocol(int number, boolean inverted) implements Condition {
        @Override
        public String option() {
            return "ctproto";
        }

        @Override
        public String value() {
            return Integer.toString(number);
        }
    }

    /** {@code --ctorigsrc}, {@code --ctorigdst}, {@code --ctreplsrc}, {@code --ctrepldst}. */
    public record TupleAddress(boolean reply, boolean destination, Address address) implements Condition {
        @Override
        public boolean inverted() {
            return address.inverted();
        }

        @Override
        public String option() {
            return (reply ? "ctrepl" : "ctorig") + (destination ? "dst" : "src");
        }

        @Override
        public String value() {
            return address.mask() == -1 ? dev.vethlab.engine.packet.Ipv4.text(address.address()) : address.text();
        }
    }

    /** {@code --ctorigsrcport} and its like. */
    public record TuplePort(boolean reply, boolean destination, PortRange ports) implements Condition {
        @Override
        public boolean inverted() {
            return ports.inverted();
        }

        @Override
        public String option() {
            return (reply ? "ctrepl" : "ctorig") + (destination ? "dstport" : "srcport");
        }

        @Override
        public String value() {
            return ports.text();
        }
    }

    /** {@code --ctstatus}; 0 is NONE. */
    public record Status(int statuses, boolean inverted) implements Condition {
        @Override
        public String option() {
            return "ctstatus";
        }

        @Override
        public String value() {
            return statuses == 0 ? "NONE" : names(STATUSES, statuses);
        }
    }

    /** {@code --ctexpire}, in seconds. */
    public record Expire(NumberRange seconds, boolean inverted) implements Condition {
        @Override
        public String option() {
            return "ctexpire";
        }

        @Override
        public String value() {
            return seconds.text();
        }
    }

    /** {@code --ctdir}. */
    public record Direction(boolean reply) implements Condition {
        @Override
        public boolean inverted() {
            return false;
        }

        @Override
        public String option() {
            return "ctdir";
        }

        @Override
        public String value() {
            return reply ? "REPLY" : "ORIGINAL";
        }
    }

    public static ConntrackMatch states(int states) {
        return new ConntrackMatch(List.of(new State(states, false)));
    }

    @Override
    public String name() {
        return "conntrack";
    }

    @Override
    public boolean needsConntrack() {
        return true;
    }

    @Override
    public boolean matches(PacketBuffer packet, HookPoint at) {
        for (int i = 0; i < conditions.size(); i++) {
            if (!holds(conditions.get(i), packet, at)) {
                return false;
            }
        }
        return true;
    }

    private static boolean holds(Condition condition, PacketBuffer packet, HookPoint at) {
        if (condition instanceof State state) {
            return (state.states & bit(packet.connection, packet.ctInfo)) != 0 != state.inverted;
        }
        ConntrackEntry connection = packet.connection;
        return connection != null && switch (condition) {
            case State state -> true;
            case Protocol protocol -> (connection.original().protocol() == protocol.number) != protocol.inverted;
            case TupleAddress wanted -> {
                Tuple tuple = wanted.reply ? connection.reply() : connection.original();
                int address = wanted.destination ? tuple.destination() : tuple.source();
                yield ((address & wanted.address.mask()) == wanted.address.address()) != wanted.inverted();
            }
            case TuplePort wanted -> {
                Tuple tuple = wanted.reply ? connection.reply() : connection.original();
                boolean hasPorts = tuple.protocol() == IpProtocol.TCP || tuple.protocol() == IpProtocol.UDP;
                yield hasPorts && wanted.ports.matches(wanted.destination ? tuple.destinationPort() : tuple.sourcePort());
            }
            case Status wanted -> (wanted.statuses == 0
                    ? connection.statusBits() == 0
                    : (connection.statusBits() & wanted.statuses) != 0) != wanted.inverted;
            case Expire wanted ->
                    wanted.seconds.contains(connection.secondsLeft(at.namespace().kernel().now())) != wanted.inverted;
            case Direction direction -> packet.ctInfo.isReply() == direction.reply;
        };
    }

    /** The state bits of a packet: SNAT and DNAT come on top of the first five. */
    static int bit(@Nullable ConntrackEntry connection, CtInfo info) {
        int bits = switch (info) {
            case NONE -> INVALID;
            case NEW -> NEW;
            case RELATED, RELATED_REPLY -> RELATED;
            case ESTABLISHED, ESTABLISHED_REPLY -> ESTABLISHED;
            case UNTRACKED -> UNTRACKED;
        };
        if (connection != null) {
            bits |= (connection.isSourceNated() ? SNAT : 0) | (connection.isDestinationNated() ? DNAT : 0);
        }
        return bits;
    }

    @Override
    public void save(StringBuilder out) {
        for (Condition condition : conditions) {
            out.append(condition.inverted() ? " ! --" : " --").append(condition.option()).append(' ').append(condition.value());
        }
    }

    @Override
    public void list(StringBuilder out, boolean numeric) {
        for (Condition condition : conditions) {
            out.append(condition.inverted() ? " ! " : " ").append(condition.option()).append(' ').append(condition.value());
        }
    }

    @Override
    public String was(PacketView seen) {
        ConntrackEntry connection = seen.connection();
        return names(STATES, bit(connection, seen.ctInfo()))
                + (connection == null ? "" : " " + connection.original().text() + " " + connection.reply().text());
    }

    /** The names of states. */
    static String names(int states) {
        return names(STATES, states);
    }

    private static String names(String[] all, int bits) {
        var out = new StringBuilder();
        for (int i = 0; i < all.length; i++) {
            if ((bits & 1 << i) != 0) {
                out.append(out.isEmpty() ? "" : ",").append(all[i]);
            }
        }
        return out.toString();
    }

    /** The bit of a state's name; 0 if it is none. A beginning will do, as {@code strncasecmp} has it. */
    public static int state(String name) {
        return bit(STATES, name);
    }

    /** The bit of a status' name; 0 if it is none. */
    public static int status(String name) {
        return bit(STATUSES, name);
    }

    private static int bit(String[] all, String name) {
        for (int i = 0; i < all.length; i++) {
            if (all[i].equalsIgnoreCase(name)) {
                return 1 << i;
            }
        }
        return 0;
    }
}
