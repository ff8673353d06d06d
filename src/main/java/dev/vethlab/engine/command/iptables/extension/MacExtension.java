package dev.vethlab.engine.command.iptables.extension;

import dev.vethlab.engine.kernel.netfilter.match.MacMatch;
import dev.vethlab.engine.kernel.netfilter.match.Match;
import dev.vethlab.engine.packet.Mac;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** {@code -m mac}. */
final class MacExtension extends SingleOptionExtension {
    MacExtension() {
        super("mac", Option.invertible("mac-source"));
    }

    @Override
    Supplier<Match> read(String option, String value, boolean inverted) throws IptablesException {
        String[] parts = value.split(":", -1);
        var padded = new StringBuilder();
        for (String part : parts) {
            padded.append(padded.isEmpty() ? "" : ":").append(part.length() == 1 ? "0" : "").append(part.toLowerCase(Locale.ROOT));
        }
        OptionalLong mac = Mac.parse(padded.toString());
        if (parts.length != 6 || mac.isEmpty()) {
            throw IptablesException.parameter("Invalid MAC address specified.");
        }
        return () -> new MacMatch(mac.getAsLong(), inverted);
    }
}
