package dev.vethlab.engine.command.iptables.extension;

import dev.vethlab.engine.kernel.netfilter.target.RejectTarget;
import dev.vethlab.engine.kernel.netfilter.target.Target;
import java.util.List;
import java.util.Locale;

/** {@code -j REJECT}. */
final class RejectExtension extends TargetExtension {
    private static final List<Option> OPTIONS = List.of(Option.value("reject-with"));

    private RejectTarget.With with = RejectTarget.With.ICMP_PORT_UNREACHABLE;

    RejectExtension() {
        super("REJECT", OPTIONS);
    }

    @Override
    void parse(String option, String value, boolean inverted, Words words) throws IptablesException {
        String wanted = value.toLowerCase(Locale.ROOT);
        for (RejectTarget.With candidate : RejectTarget.With.values()) {
            if (!wanted.isEmpty() && (candidate.text().startsWith(wanted) || candidate.alias().startsWith(wanted))) {
                with = candidate;
                return;
            }
        }
        if (wanted.equals("echo-reply") || wanted.equals("echoreply")) {
            words.warn("--reject-with echo-reply no longer supported");
        }
        throw IptablesException.parameter("unknown reject type \"" + value + "\"");
    }

    @Override
    public Target target() {
        return new RejectTarget(with);
    }
}
