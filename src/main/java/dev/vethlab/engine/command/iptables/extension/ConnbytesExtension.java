package dev.vethlab.engine.command.iptables.extension;

import dev.vethlab.engine.kernel.netfilter.match.ConnbytesMatch;
import dev.vethlab.engine.kernel.netfilter.match.Match;
import java.util.List;

/** {@code -m connbytes}. */
final class ConnbytesExtension extends MatchExtension {
    private static final List<Option> OPTIONS = List.of(
            Option.invertible("connbytes"), Option.value("connbytes-dir"), Option.value("connbytes-mode"));

    private long from;
    private long to = -1;
    private boolean not;
    private ConnbytesMatch.Direction direction = ConnbytesMatch.Direction.BOTH;
    private ConnbytesMatch.Mode mode = ConnbytesMatch.Mode.BYTES;

    ConnbytesExtension() {
        super("connbytes", OPTIONS);
    }

    @Override
    void parse(String option, String value, boolean inverted, Words words) throws IptablesException {
        switch (option) {
            case "connbytes" -> {
                amounts(value);
                not = inverted;
            }
            case "connbytes-dir" -> direction = switch (value) {
                case "original" -> ConnbytesMatch.Direction.ORIGINAL;
                case "reply" -> ConnbytesMatch.Direction.REPLY;
                case "both" -> ConnbytesMatch.Direction.BOTH;
                default -> throw IptablesException.parameter("Unknown --connbytes-dir `" + value + "'");
            };
            default -> mode = switch (value) {
                case "packets" -> ConnbytesMatch.Mode.PACKETS;
                case "bytes" -> ConnbytesMatch.Mode.BYTES;
                case "avgpkt" -> ConnbytesMatch.Mode.AVGPKT;
                default -> throw IptablesException.parameter("Unknown --connbytes-mode `" + value + "'");
            };
        }
    }

    private void amounts(String value) throws IptablesException {
        int colon = value.indexOf(':');
        String low = colon < 0 ? value : value.substring(0, colon);
        String high = colon < 0 ? "" : value.substring(colon + 1);
        from = low.isEmpty() ? 0 : amount(low, 0);
        to = high.isEmpty() ? -1 : amount(high, from);
    }

    private static long amount(String text, long least) throws IptablesException {
        Long number = Numbers.parse(text);
        if (number == null || number < least) {
            throw IptablesException.parameter("connbytes: bad value for option \"--connbytes\" near \"" + text + "\", or out of range ("
                    + least + "-18446744073709551615).\n");
        }
        return number;
    }

    @Override
    public void finish(RuleContext rule) throws IptablesException {
        require("connbytes");
        require("connbytes-dir");
        require("connbytes-mode");
    }

    @Override
    public Match match() {
        return new ConnbytesMatch(from, to, mode, direction, not);
    }
}
