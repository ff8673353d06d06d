package dev.vethlab.engine.command.iptables.extension;

import dev.vethlab.engine.kernel.netfilter.match.IpRangeMatch;
import dev.vethlab.engine.kernel.netfilter.match.Match;
import dev.vethlab.engine.packet.Ipv4;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** {@code -m iprange}. */
final class IpRangeExtension extends MatchExtension {
    private static final List<Option> OPTIONS = List.of(
            Option.invertible("src-range"),
            Option.invertible("dst-range"));

    private IpRangeMatch.@Nullable Range source;
    private IpRangeMatch.@Nullable Range destination;

    IpRangeExtension() {
        super("iprange", OPTIONS);
    }

    @Override
    void parse(String option, String value, boolean inverted, Words words) throws IptablesException {
        int dash = value.indexOf('-');
        int low = address(dash < 0 ? value : value.substring(0, dash), value);
        int high = dash < 0 ? low : address(value.substring(dash + 1), value);
        var range = new IpRangeMatch.Range(low, high, inverted);
        if (Integer.compareUnsigned(low, high) > 0) {
            words.warn("xt_iprange: range " + value + " is reversed and will never match");
        }
        if (option.equals("src-range")) {
            source = range;
        } else {
            destination = range;
        }
    }

    private static int address(String text, String all) throws IptablesException {
        OptionalInt address = Ipv4.parse(text);
        if (address.isEmpty()) {
            throw IptablesException.parameter("iprange match: Bad IP address `" + all + "'\n");
        }
        return address.getAsInt();
    }

    @Override
    public void finish(RuleContext rule) throws IptablesException {
        if (source == null && destination == null) {
            throw IptablesException.parameter("iprange match: You must specify `--src-range' or `--dst-range'");
        }
    }

    @Override
    public Match match() {
        return new IpRangeMatch(source, destination);
    }
}
