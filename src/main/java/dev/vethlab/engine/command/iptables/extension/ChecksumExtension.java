package dev.vethlab.engine.command.iptables.extension;

import dev.vethlab.engine.kernel.netfilter.target.ChecksumTarget;
import dev.vethlab.engine.kernel.netfilter.target.Target;
import java.util.List;

/** {@code -j CHECKSUM}. */
final class ChecksumExtension extends TargetExtension {
    private static final String FILL = "checksum-fill";

    ChecksumExtension() {
        super("CHECKSUM", List.of(Option.flag(FILL)));
    }

    @Override
    void parse(String option, String value, boolean inverted, Words words) {
        // that it is there is all
    }

    @Override
    public void finish(RuleContext rule) throws IptablesException {
        require(FILL);
    }

    @Override
    public Target target() {
        return new ChecksumTarget();
    }
}
