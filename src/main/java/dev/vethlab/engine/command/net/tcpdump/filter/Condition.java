package dev.vethlab.engine.command.net.tcpdump.filter;

import dev.vethlab.engine.packet.EthernetFrame;
import dev.vethlab.engine.packet.IpProtocol;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What a packet must be to be kept. */
public sealed interface Condition {
    Condition ANYTHING = new Everything();

    int IPV4 = 0x0800;
    int ARP = 0x0806;
    int RARP = 0x8035;
    int IPV6 = 0x86DD;

    /** Which of the two ends is meant. */
    enum Direction {
        SOURCE,
        DESTINATION,
        EITHER,
        BOTH;

        boolean of(boolean source, boolean destination) {
            return switch (this) {
                case SOURCE -> source;
                case DESTINATION -> destination;
                case EITHER -> source || destination;
                case BOTH -> source && destination;
            };
        }
    }

    boolean test(PacketView packet);

    /** What is known when only the protocols are. */
    Truth under(Kind kind);

    /** Collects the numbers that {@link #under} tells apart. */
    default void collect(Set<Integer> etherTypes, Set<Integer> protocols) {}

    /** Whether a packet matches; one that is too short for a question does not. */
    default boolean matches(PacketView packet) {
        try {
            return test(packet);
        } catch (PacketView.OutOfBounds e) {
            return false;
        }
    }

    /** Whether no packet can match, going by protocols alone. */
    default boolean rejectsAll() {
        Set<Integer> types = new LinkedHashSet<>(List.of(0, IPV4, ARP, RARP, IPV6));
        Set<Integer> protocols = new LinkedHashSet<>(List.of(-1, IpProtocol.ICMP, IpProtocol.TCP, IpProtocol.UDP));
        collect(types, protocols);
        List<Kind> kinds = new ArrayList<>();
        for (int type : types) {
            if (type == IPV4 || type == IPV6) {
                protocols.forEach(protocol -> kinds.add(new Kind(type, protocol)));
            } else {
                kinds.add(new Kind(type, -1));
            }
        }
        return kinds.stream().allMatch(kind -> under(kind) == Truth.NO);
    }

    /** No expression at all. */
    record Everything() implements Condition {
        @Override
        public boolean test(PacketView packet) {
            return true;
        }

        @Override
        public Truth under(Kind kind) {
            return Truth.YES;
        }
    }

    record And(Condition one, Condition other) implements Condition {
        @Override
        public boolean test(PacketView packet) {
            return one.test(packet) && other.test(packet);
        }

        @Override
        public Truth under(Kind kind) {
            return one.under(kind).and(other.under(kind));
        }

        @Override
        public void collect(Set<Integer> etherTypes, Set<Integer> protocols) {
            one.collect(etherTypes, protocols);
            other.collect(etherTypes, protocols);
        }
    }

    record Or(Condition one, Condition other) implements Condition {
        @Override
        public boolean test(PacketView packet) {
            return one.test(packet) || other.test(packet);
        }

        @Override
        public Truth under(Kind kind) {
            return one.under(kind).or(other.under(kind));
        }

        @Override
        public void collect(Set<Integer> etherTypes, Set<Integer> protocols) {
            one.collect(etherTypes, protocols);
            other.collect(etherTypes, protocols);
        }
    }

    record Not(Condition condition) implements Condition {
        @Override
        public boolean test(PacketView packet) {
            return !condition.test(packet);
        }

        @Override
        public Truth under(Kind kind) {
            return condition.under(kind).not();
        }

        @Override
        public void collect(Set<Integer> etherTypes, Set<Integer> protocols) {
            condition.collect(etherTypes, protocols);
        }
    }

    /** {@code stp}: an 802.2 header that says so. */
    record SpanningTree() implements Condition {
        private static final int SERVICE = 0x42;

        @Override
        public boolean test(PacketView packet) {
            return packet.etherType() < EthernetFrame.FIRST_TYPE && packet.u8(packet.network()) == SERVICE;
        }

        @Override
        public Truth under(Kind kind) {
            return kind.etherType() == 0 ? Truth.MAYBE : Truth.NO;
        }
    }

    /** {@code ip}, {@code arp}, {@code ether proto 0x0806}. */
    record EtherType(int type) implements Condition {
        @Override
        public boolean test(PacketView packet) {
            return packet.etherType() == type;
        }

        @Override
        public Truth under(Kind kind) {
            return Truth.of(kind.etherType() == type);
        }

        @Override
        public void collect(Set<Integer> etherTypes, Set<Integer> protocols) {
            etherTypes.add(type);
        }
    }

    /** {@code ip proto N}; with {@code ip6} too for {@code tcp}, {@code udp} and {@code proto N}. */
    record Protocol(int protocol, boolean v4, boolean v6) implements Condition {
        @Override
        public boolean test(PacketView packet) {
            return switch (packet.etherType()) {
                case IPV4 -> v4 && packet.u8(packet.network() + 9) == protocol;
                case IPV6 -> v6 && packet.u8(packet.network() + 6) == protocol;
                default -> false;
            };
        }

        @Override
        public Truth under(Kind kind) {
            return Truth.of(kind.protocol() == protocol && (v4 && kind.etherType() == IPV4 || v6 && kind.etherType() == IPV6));
        }

        @Override
        public void collect(Set<Integer> etherTypes, Set<Integer> protocols) {
            protocols.add(protocol);
        }
    }

    /** A host or network: the address fields of IPv4, ARP or RARP, as far as {@code types} names them. */
    record Network(Direction direction, int address, int mask, List<Integer> types) implements Condition {
        public Network {
            types = List.copyOf(types);
        }

        @Override
        public boolean test(PacketView packet) {
            int type = packet.etherType();
            if (!types.contains(type)) {
                return false;
            }
            int source = packet.network() + (type == IPV4 ? 12 : 14);
            int destination = packet.network() + (type == IPV4 ? 16 : 24);
            return direction.of((packet.s32(source) & mask) == address, (packet.s32(destination) & mask) == address);
        }

        @Override
        public Truth under(Kind kind) {
            return types.contains(kind.etherType()) ? Truth.MAYBE : Truth.NO;
        }
    }

    /** Ports from {@code low} to {@code high} of the transport protocols named; of fragments only the first has ports. */
    record Ports(Direction direction, int low, int high, List<Integer> protocols) implements Condition {
        public Ports {
            protocols = List.copyOf(protocols);
        }

        @Override
        public boolean test(PacketView packet) {
            int type = packet.etherType();
            boolean here = switch (type) {
                case IPV4 -> protocols.contains(packet.u8(packet.network() + 9)) && packet.isFirstFragment();
                case IPV6 -> protocols.contains(packet.u8(packet.network() + 6));
                default -> false;
            };
            if (!here) {
                return false;
            }
            int at = type == IPV4 ? packet.transport() : packet.network() + 40;
            return direction.of(within(packet.u16(at)), within(packet.u16(at + 2)));
        }

        private boolean within(int port) {
            return port >= low && port <= high;
        }

        @Override
        public Truth under(Kind kind) {
            return protocols.contains(kind.protocol()) ? Truth.MAYBE : Truth.NO;
        }

        @Override
        public void collect(Set<Integer> etherTypes, Set<Integer> more) {
            more.addAll(protocols);
        }
    }

    /** {@code ether host} and its kin: of an Ethernet header only. */
    record EtherAddress(Direction direction, long mac) implements Condition {
        @Override
        public boolean test(PacketView packet) {
            return direction.of(packet.mac(6) == mac, packet.mac(0) == mac);
        }

        @Override
        public Truth under(Kind kind) {
            return Truth.MAYBE;
        }
    }

    /** {@code ether multicast}. */
    record EtherMulticast() implements Condition {
        @Override
        public boolean test(PacketView packet) {
            return (packet.u8(0) & 1) != 0;
        }

        @Override
        public Truth under(Kind kind) {
            return Truth.MAYBE;
        }
    }

    /** {@code ip multicast}. */
    record IpMulticast() implements Condition {
        @Override
        public boolean test(PacketView packet) {
            return packet.etherType() == IPV4 && packet.u8(packet.network() + 16) >= 224;
        }

        @Override
        public Truth under(Kind kind) {
            return kind.etherType() == IPV4 ? Truth.MAYBE : Truth.NO;
        }
    }

    /** {@code less N}, {@code greater N}: the packet's length on the wire, both ends included. */
    record Length(long low, long high) implements Condition {
        @Override
        public boolean test(PacketView packet) {
            return packet.length() >= low && packet.length() <= high;
        }

        @Override
        public Truth under(Kind kind) {
            return Truth.MAYBE;
        }
    }

    /** {@code inbound}, {@code outbound}. */
    record Outbound(boolean wanted) implements Condition {
        @Override
        public boolean test(PacketView packet) {
            return packet.outgoing() == wanted;
        }

        @Override
        public Truth under(Kind kind) {
            return Truth.MAYBE;
        }
    }

    /** A comparison of two numbers, such as {@code tcp[13] & 2 != 0}. */
    record Relation(Arithmetic left, String operator, Arithmetic right) implements Condition {
        @Override
        public boolean test(PacketView packet) {
            if (!left.applies(packet) || !right.applies(packet)) {
                return false;
            }
            int order = Integer.compareUnsigned(left.value(packet), right.value(packet));
            return switch (operator) {
                case "=", "==" -> order == 0;
                case "!=" -> order != 0;
                case "<" -> order < 0;
                case "<=" -> order <= 0;
                case ">" -> order > 0;
                case ">=" -> order >= 0;
                default -> throw new IllegalStateException(operator);
            };
        }

        @Override
        public Truth under(Kind kind) {
            return left.under(kind).and(right.under(kind)).and(Truth.MAYBE);
        }
    }
}
