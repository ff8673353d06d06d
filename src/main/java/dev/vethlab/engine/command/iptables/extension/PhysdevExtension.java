package dev.vethlab.engine.command.iptables.extension;

import dev.vethlab.engine.kernel.netfilter.match.Match;
import dev.vethlab.engine.kernel.netfilter.match.PhysdevMatch;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code -m physdev}. */
final class PhysdevExtension extends MatchExtension {
    private static final List<Option> OPTIONS = List.of(
            Option.invertible("physdev-in"),
            Option.invertible("physdev-out"),
            Option.invertibleFlag("physdev-is-in"),
            Option.invertibleFlag("physdev-is-out"),
            Option.invertibleFlag("physdev-is-bridged"));

    private PhysdevMatch.@Nullable Device in;
    private PhysdevMatch.@Nullable Device out;
    private PhysdevMatch.@Nullable Flag isIn;
    private PhysdevMatch.@Nullable Flag isOut;
    private PhysdevMatch.@Nullable Flag isBridged;

    PhysdevExtension() {
        super("physdev", OPTIONS);
    }

    @Override
    void parse(String option, String value, boolean inverted, Words words) throws IptablesException {
        switch (option) {
            case "physdev-in" -> in = new PhysdevMatch.Device(value, inverted);
            case "physdev-out" -> out = new PhysdevMatch.Device(value, inverted);
            case "physdev-is-in" -> isIn = new PhysdevMatch.Flag(inverted);
            case "physdev-is-out" -> isOut = new PhysdevMatch.Flag(inverted);
            default -> isBridged = new PhysdevMatch.Flag(inverted);
        }
    }

    @Override
    public void finish(RuleContext rule) throws IptablesException {
        if (in == null && out == null && isIn == null && isOut == null && isBridged == null) {
            throw IptablesException.parameter("PHYSDEV: no physdev option specified");
        }
    }

    @Override
    public Match match() {
        return new PhysdevMatch(in, out, isIn, isOut, isBridged);
    }
}
