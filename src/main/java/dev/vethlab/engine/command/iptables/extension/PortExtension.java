package dev.vethlab.engine.command.iptables.extension;

import dev.vethlab.engine.kernel.netfilter.match.Match;
import dev.vethlab.engine.kernel.netfilter.match.PortRange;
import dev.vethlab.engine.kernel.netfilter.match.TcpMatch;
import dev.vethlab.engine.kernel.netfilter.match.UdpMatch;
import dev.vethlab.engine.packet.IpProtocol;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** {@code -m tcp} and {@code -m udp}. */
final class PortExtension extends MatchExtension {
    private static final List<Option> PORTS = List.of(
            Option.value("source-port").unchecked(),
            Option.value("source-port").unchecked().alias("sport"),
            Option.value("destination-port").unchecked(),
            Option.value("destination-port").unchecked().alias("dport"));
    private static final List<Option> TCP = List.of(
            PORTS.get(0), PORTS.get(1), PORTS.get(2), PORTS.get(3),
            Option.flag("syn").unchecked(),
            Option.value("tcp-flags").unchecked(),
            Option.value("tcp-option").unchecked());

    private final int protocol;
    private @Nullable PortRange source;
    private @Nullable PortRange destination;
    private TcpMatch.@Nullable Flags flags;
    private TcpMatch.@Nullable OptionKind kind;

    PortExtension(int protocol) {
        super(IpProtocol.name(protocol), protocol == IpProtocol.TCP ? TCP : PORTS);
        this.protocol = protocol;
    }

    @Override
    void parse(String option, String value, boolean inverted, Words words) throws IptablesException {
        switch (option) {
            case "source-port" -> {
                onlyOne(source, option);
                source = ports(value, inverted);
            }
            case "destination-port" -> {
                onlyOne(destination, option);
                destination = ports(value, inverted);
            }
            case "syn" -> {
                onlyOneFlags();
                flags = TcpMatch.Flags.syn(inverted);
            }
            case "tcp-flags" -> {
                onlyOneFlags();
                String set = words.next();
                if (set == null) {
                    throw IptablesException.parameter("--tcp-flags requires two args.");
                }
                flags = new TcpMatch.Flags(bits(value), bits(set), inverted);
            }
            default -> {
                if (kind != null) {
                    throw IptablesException.parameter("Only one `--tcp-option' allowed");
                }
                Long number = Numbers.parse(value);
                if (number == null || number < 1 || number > 255) {
                    throw IptablesException.parameter("Bad TCP option `" + value + "'");
                }
                kind = new TcpMatch.OptionKind(number.intValue(), inverted);
            }
        }
    }

    private static void onlyOne(@Nullable PortRange before, String option) throws IptablesException {
        if (before != null) {
            throw IptablesException.parameter("Only one `--" + option + "' allowed");
        }
    }

    private void onlyOneFlags() throws IptablesException {
        if (flags != null) {
            throw IptablesException.parameter("Only one of `--syn' or `--tcp-flags'  allowed");
        }
    }

    static PortRange ports(String text, boolean inverted) throws IptablesException {
        int colon = text.indexOf(':');
        if (colon < 0) {
            int port = Numbers.requirePort(text);
            return new PortRange(port, port, inverted);
        }
        int low = colon == 0 ? 0 : Numbers.requirePort(text.substring(0, colon));
        int high = colon == text.length() - 1 ? 65535 : Numbers.requirePort(text.substring(colon + 1));
        if (low > high) {
            throw IptablesException.parameter("invalid portrange (min > max)");
        }
        return new PortRange(low, high, inverted);
    }

    private static int bits(String text) throws IptablesException {
        int bits = 0;
        for (String word : text.split(",")) {
            int bit = TcpMatch.flag(word);
            if (bit < 0) {
                throw IptablesException.parameter("Unknown TCP flag `" + word + "'");
            }
            bits |= bit;
        }
        return bits;
    }

    @Override
    public void finish(RuleContext rule) throws IptablesException {
        boolean asksPackets = source != null || destination != null || flags != null || kind != null;
        if (asksPackets && !rule.isOnly(protocol)) {
            throw IptablesException.parameter(name().toUpperCase(Locale.ROOT) + " match requires '-p " + name() + "'");
        }
    }

    @Override
    public Match match() {
        return protocol == IpProtocol.TCP ? new TcpMatch(source, destination, flags, kind) : new UdpMatch(source, destination);
    }
}
