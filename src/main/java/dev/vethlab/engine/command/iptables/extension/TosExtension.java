package dev.vethlab.engine.command.iptables.extension;

import dev.vethlab.engine.kernel.netfilter.match.DscpMatch;
import dev.vethlab.engine.kernel.netfilter.match.Match;
import dev.vethlab.engine.kernel.netfilter.match.TosMatch;
import java.util.List;

/** {@code -m tos}. */
final class TosExtension extends MatchExtension {
    private static final List<Option> OPTIONS = List.of(Option.invertible("tos"));

    private int value;
    private int mask;
    private boolean not;

    TosExtension() {
        super("tos");
    }

    @Override
    public List<Option> options() {
        return OPTIONS;
    }

    @Override
    void parse(String option, String text, boolean inverted, Words words) throws IptablesException {
        int[] parsed = valueAndMask(this, option, text);
        value = parsed[0];
        mask = parsed[1];
        not = inverted;
    }

    /** {@code value/mask}, or the name of a type of service, which leaves the upper two bits open. */
    static int[] valueAndMask(Extension of, String option, String text) throws IptablesException {
        int service = DscpMatch.service(text);
        if (service >= 0) {
            return new int[] {service, DscpMatch.TOS_MASK};
        }
        int slash = text.indexOf('/');
        Long value = Numbers.parse(slash < 0 ? text : text.substring(0, slash));
        Long mask = slash < 0 ? Long.valueOf(0xFF) : Numbers.parse(text.substring(slash + 1));
        if (value == null || mask == null || value > 255 || mask > 255) {
            throw of.badValue(option, text);
        }
        return new int[] {value.intValue(), mask.intValue()};
    }

    @Override
    public void finish(RuleContext rule) throws IptablesException {
        require("tos");
    }

    @Override
    public Match match() {
        return new TosMatch(value, mask, not);
    }
}
