package dev.vethlab.engine.kernel.netfilter.match;

import dev.vethlab.engine.kernel.PacketBuffer;
import dev.vethlab.engine.kernel.netfilter.HeaderMatch;
import dev.vethlab.engine.kernel.netfilter.HookPoint;
import dev.vethlab.engine.kernel.netfilter.PacketView;
import dev.vethlab.engine.packet.IpProtocol;
import dev.vethlab.engine.packet.TcpOptions;
import dev.vethlab.engine.packet.TcpSegment;
import org.jspecify.annotations.Nullable;

/** {@code -m tcp}: ports and flags; of any fragment the bytes where they would be ({@code nft_payload_fast_eval}). */
public record TcpMatch(
        @Nullable PortRange source, @Nullable PortRange destination, @Nullable Flags flags, @Nullable OptionKind option) implements Match {
    private static final String[] NAMES = {"FIN", "SYN", "RST", "PSH", "ACK", "URG"};
    /** {@code ALL}: those that {@code --tcp-flags} knows. */
    public static final int ALL_FLAGS = 0x3F;

    /** {@code --tcp-flags mask set}. */
    public record Flags(int mask, int set, boolean inverted) {
        /** {@code --syn}. */
        public static Flags syn(boolean inverted) {
            return new Flags(TcpSegment.FIN | TcpSegment.SYN | TcpSegment.RST | TcpSegment.ACK, TcpSegment.SYN, inverted);
        }

        boolean matches(int flags) {
            return ((flags & mask) == set) != inverted;
        }
    }

    /** {@code --tcp-option}: whether a segment has an option of this kind, 1 to 255. */
    public record OptionKind(int kind, boolean inverted) {
        boolean matches(TcpSegment segment) {
            TcpOptions options = segment.options();
            boolean found = switch (kind) {
                case 2 -> options.mss() != TcpOptions.NONE;
                case 3 -> options.windowScale() != TcpOptions.NONE;
                case 4 -> options.sackPermitted();
                case 5 -> !options.sacks().isEmpty();
                case 8 -> options.timestamps();
                default -> false;
            };
            return found != inverted;
        }
    }

    @Override
    public String name() {
        return "tcp";
    }

    @Override
    public boolean allowedFor(HeaderMatch header) {
        return header.isOnly(IpProtocol.TCP);
    }

    @Override
    public boolean matches(PacketBuffer packet, HookPoint at) {
        return packet.ip().beginning() instanceof TcpSegment tcp
                && PortRange.match(source, tcp.sourcePort(), destination, tcp.destinationPort())
                && (flags == null || flags.matches(tcp.flags()))
                && (option == null || option.matches(tcp));
    }

    @Override
    public void save(StringBuilder out) {
        PortRange.save(out, source, destination);
        if (option != null) {
            out.append(option.inverted() ? " ! --tcp-option " : " --tcp-option ").append(option.kind());
        }
        if (flags != null) {
            out.append(flags.inverted() ? " ! --tcp-flags " : " --tcp-flags ");
            out.append(names(flags.mask())).append(' ').append(names(flags.set()));
        }
    }

    @Override
    public void list(StringBuilder out, boolean numeric) {
        out.append(" tcp");
        PortRange.list(out, source, destination, IpProtocol.TCP, numeric);
        if (option != null) {
            out.append(" option=").append(option.inverted() ? "!" : "").append(option.kind());
        }
        if (flags != null) {
            out.append(" flags:").append(flags.inverted() ? "!" : "");
            if (numeric) {
                out.append("0x").append(hex(flags.mask())).append("/0x").append(hex(flags.set()));
            } else {
                out.append(names(flags.mask())).append('/').append(names(flags.set()));
            }
        }
    }

    @Override
    public String was(PacketView seen) {
        return seen.ip().beginning() instanceof TcpSegment tcp
                ? tcp.sourcePort() + " to " + tcp.destinationPort() + " " + names(tcp.flags() & ALL_FLAGS)
                : "no TCP";
    }

    private static String hex(int flags) {
        return (flags < 16 ? "0" : "") + Integer.toHexString(flags).toUpperCase(java.util.Locale.ROOT);
    }

    /** {@code SYN,ACK}; {@code NONE} if there are none. */
    public static String names(int flags) {
        if (flags == 0) {
            return "NONE";
        }
        var out = new StringBuilder();
        for (int i = 0; i < NAMES.length; i++) {
            if ((flags & 1 << i) != 0) {
                out.append(out.isEmpty() ? "" : ",").append(NAMES[i]);
            }
        }
        return out.toString();
    }

    /** The bit of a flag's name, {@link #ALL_FLAGS} for ALL, 0 for NONE; -1 if it is none. */
    public static int flag(String name) {
        for (int i = 0; i < NAMES.length; i++) {
            if (NAMES[i].equalsIgnoreCase(name)) {
                return 1 << i;
            }
        }
        return name.equalsIgnoreCase("ALL") ? ALL_FLAGS : name.equalsIgnoreCase("NONE") ? 0 : -1;
    }
}
