package dev.vethlab.engine.command.iptables.extension;

import dev.vethlab.engine.kernel.netfilter.target.NotrackTarget;
import dev.vethlab.engine.kernel.netfilter.target.Target;
import java.util.List;

/** {@code -j CT}: only that a packet is not tracked. */
final class CtExtension extends TargetExtension {
    private static final List<Option> OPTIONS = List.of(
            Option.flag("notrack"),
            Option.value("zone"),
            Option.value("zone-orig"),
            Option.value("zone-reply"),
            Option.value("helper"),
            Option.value("ctevents"),
            Option.value("timeout"));

    CtExtension() {
        super("CT", OPTIONS);
    }

    @Override
    void parse(String option, String value, boolean inverted, Words words) throws IptablesException {
        if (!option.equals("notrack")) {
            throw IptablesException.unsupported("iptables: CT --" + option + " is not emulated");
        }
    }

    @Override
    public void finish(RuleContext rule) throws IptablesException {
        if (!has("notrack")) {
            throw IptablesException.unsupported("iptables: CT without --notrack is not emulated");
        }
    }

    @Override
    public Target target() {
        return new NotrackTarget(false);
    }
}
