package dev.vethlab.engine.command.iptables.extension;

import dev.vethlab.engine.kernel.netfilter.target.Target;
import dev.vethlab.engine.kernel.netfilter.target.TosTarget;
import java.util.List;

/** {@code -j DSCP}. */
final class DscpTargetExtension extends TargetExtension {
    private static final List<Option> OPTIONS = List.of(Option.value("set-dscp"), Option.value("set-dscp-class"));

    private int dscp = -1;

    DscpTargetExtension() {
        super("DSCP", OPTIONS);
    }

    @Override
    void parse(String option, String value, boolean inverted, Words words) throws IptablesException {
        dscp = option.equals("set-dscp") ? (int) number(option, value, 0, 63) : DscpExtension.requireClass(value);
    }

    @Override
    public void finish(RuleContext rule) throws IptablesException {
        if (dscp < 0) {
            throw IptablesException.parameter("DSCP target: Parameter --set-dscp is required");
        }
    }

    @Override
    public Target target() {
        return new TosTarget(dscp << 2, 0xFC, true);
    }
}
