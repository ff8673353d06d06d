package dev.vethlab.engine.command.iptables.extension;

import dev.vethlab.engine.kernel.netfilter.target.Target;
import java.util.List;

/** A target without options. */
final class StandardExtension extends TargetExtension {
    private final Target target;

    StandardExtension(Target target) {
        super(target.name(), List.of());
        this.target = target;
    }

    @Override
    void parse(String option, String value, boolean inverted, Words words) {
        throw new IllegalStateException("it has no options");
    }

    @Override
    public Target target() {
        return target;
    }
}
