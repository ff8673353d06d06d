package dev.vethlab.engine.command.iptables.extension;

import dev.vethlab.engine.kernel.netfilter.match.MacMatch;
import dev.vethlab.engine.kernel.netfilter.match.Match;
import dev.vethlab.engine.packet.Mac;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/** {@code -m mac}. */
final class MacExtension extends MatchExtension {
    private static final List<Option> OPTIONS = List.of(Option.invertible("mac-source"));

    private long source;
    private boolean not;

    MacExtension() {
        super("mac");
    }

    @Override
    public List<Option> options() {
        return OPTIONS;
    }

    @Override
    void parse(String option, String value, boolean inverted, Words words) throws IptablesException {
        String[] parts = value.split(":", -1);
        var padded = new StringBuilder();
        for (String part : parts) {
            padded.append(padded.isEmpty() ? "" : ":").append(part.length() == 1 ? "0" : "").append(part.toLowerCase(Locale.ROOT));
        }
        OptionalLong mac = Mac.parse(padded.toString());
        if (parts.length != 6 || mac.isEmpty()) {
            throw IptablesException.parameter("Invalid MAC address specified.");
        }
        source = mac.getAsLong();
        not = inverted;
    }

    @Override
    public void finish(RuleContext rule) throws IptablesException {
        require("mac-source");
    }

    @Override
    public Match match() {
        return new MacMatch(source, not);
    }
}
