package dev.vethlab.engine.command.iptables.extension;

import dev.vethlab.engine.kernel.netfilter.match.DscpMatch;
import dev.vethlab.engine.kernel.netfilter.match.Match;
import dev.vethlab.engine.kernel.netfilter.match.TosMatch;
import java.util.function.Supplier;

/** {@code -m tos}. */
final class TosExtension extends SingleOptionExtension {
    TosExtension() {
        super("tos", Option.invertible("tos"));
    }

    @Override
    Supplier<Match> read(String option, String value, boolean inverted) throws IptablesException {
        int[] parsed = valueAndMask(this, option, value);
        return () -> new TosMatch(parsed[0], parsed[1], inverted);
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
}
