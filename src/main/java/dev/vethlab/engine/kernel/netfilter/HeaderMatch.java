package dev.vethlab.engine.kernel.netfilter;

import dev.vethlab.engine.kernel.PacketBuffer;
import dev.vethlab.engine.kernel.device.NetDevice;
import dev.vethlab.engine.packet.IpProtocol;
import dev.vethlab.engine.packet.Ipv4;
import dev.vethlab.engine.packet.Ipv4Packet;
import org.jspecify.annotations.Nullable;

/** The part of a rule that every rule has: {@code -s -d -i -o -p -f}. A part that is null matches all ({@code struct ipt_ip}). */
public record HeaderMatch(
        @Nullable Address source,
        @Nullable Address destination,
        @Nullable Interface in,
        @Nullable Interface out,
        @Nullable Protocol protocol,
        @Nullable Fragment fragment) {
    public static final HeaderMatch ANY = new HeaderMatch(null, null, null, null, null, null);

    /** Whether the rule is for this protocol alone. */
    public boolean isOnly(int number) {
        return protocol != null && !protocol.inverted() && protocol.number() == number;
    }

    /** An address and a mask, which need not be a prefix. */
    public record Address(int address, int mask, boolean inverted) {
        boolean matches(int other) {
            return ((other & mask) == address) != inverted;
        }

        /** {@code 10.0.0.0/8} as {@code -S} prints it. */
        public String text() {
            int length = Integer.bitCount(mask);
            return Ipv4.text(address) + "/" + (Ipv4.mask(length) == mask ? Integer.toString(length) : Ipv4.text(mask));
        }
    }

    /** A device's name; with a {@code +} at its end, the beginning of one. */
    public record Interface(String name, boolean inverted) {
        boolean matches(@Nullable NetDevice device) {
            String other = device == null ? "" : device.name();
            int last = name.length() - 1;
            boolean same = last >= 0 && name.charAt(last) == '+' ? other.startsWith(name.substring(0, last)) : other.equals(name);
            return same != inverted;
        }
    }

    /** A protocol's number. */
    public record Protocol(int number, boolean inverted) {
        /** The name that {@code iptables} itself knows ({@code xtables_chain_protos}), or the number. */
        public String text() {
            return switch (number) {
                case IpProtocol.TCP -> "tcp";
                case IpProtocol.SCTP -> "sctp";
                case IpProtocol.UDP -> "udp";
                case 136 -> "udplite";
                case IpProtocol.ICMP -> "icmp";
                case 58 -> "ipv6-icmp";
                case 50 -> "esp";
                case 51 -> "ah";
                case 135 -> "mobility-header";
                default -> Integer.toString(number);
            };
        }

        boolean matches(int other) {
            return (number == other) != inverted;
        }
    }

    /** {@code -f}: second and further fragments. */
    public record Fragment(boolean inverted) {
        boolean matches(Ipv4Packet ip) {
            return ip.fragmentOffset() > 0 != inverted;
        }
    }

    /** The number of the first part that does not match, counted as printed from 0; -1 if all do. */
    int firstFailure(PacketBuffer packet, HookPoint at) {
        Ipv4Packet ip = packet.ip();
        if (source != null && !source.matches(ip.source())) {
            return 0;
        }
        if (destination != null && !destination.matches(ip.destination())) {
            return 1;
        }
        if (in != null && !in.matches(at.in(packet))) {
            return 2;
        }
        if (out != null && !out.matches(at.out(packet))) {
            return 3;
        }
        if (protocol != null && !protocol.matches(ip.protocol())) {
            return 4;
        }
        return fragment != null && !fragment.matches(ip) ? 5 : -1;
    }

    /** How many parts {@link #firstFailure} may name. */
    static final int PARTS = 6;

    /** Why the part did not match. */
    String failure(int part, PacketView seen) {
        return switch (part) {
            case 0 -> failure("-s", java.util.Objects.requireNonNull(source), seen.ip().source());
            case 1 -> failure("-d", java.util.Objects.requireNonNull(destination), seen.ip().destination());
            case 2 -> failure("-i", java.util.Objects.requireNonNull(in).name(), in.inverted(), PacketView.name(seen.in()));
            case 3 -> failure("-o", java.util.Objects.requireNonNull(out).name(), out.inverted(), PacketView.name(seen.out()));
            case 4 -> failure("-p", IpProtocol.name(java.util.Objects.requireNonNull(protocol).number()), protocol.inverted(),
                    IpProtocol.name(seen.ip().protocol()));
            default -> failure("-f", "a further fragment", java.util.Objects.requireNonNull(fragment).inverted(),
                    seen.ip().fragmentOffset() > 0 ? "one" : "none");
        };
    }

    private static String failure(String option, Address wanted, int was) {
        return failure(option, wanted.text(), wanted.inverted(), Ipv4.text(was));
    }

    private static String failure(String option, String wanted, boolean inverted, String was) {
        return option + ": wanted " + (inverted ? "other than " : "") + wanted + ", was " + was;
    }

    /** Appends {@code  -s 10.0.0.0/8 ! -o docker0} as {@code -S} prints it, each option after a blank. */
    void save(StringBuilder out) {
        save(out, "-s", source);
        save(out, "-d", destination);
        save(out, "-i", in);
        save(out, "-o", this.out);
        if (protocol != null) {
            out.append(protocol.inverted() ? " ! -p " : " -p ").append(protocol.text());
        }
        if (fragment != null) {
            out.append(fragment.inverted() ? " ! -f" : " -f");
        }
    }

    private static void save(StringBuilder out, String option, @Nullable Address address) {
        if (address != null) {
            out.append(address.inverted() ? " ! " : " ").append(option).append(' ').append(address.text());
        }
    }

    private static void save(StringBuilder out, String option, @Nullable Interface device) {
        if (device != null) {
            out.append(device.inverted() ? " ! " : " ").append(option).append(' ').append(device.name());
        }
    }
}
