package dev.vethlab.engine.command.iptables.extension;

import dev.vethlab.engine.kernel.netfilter.target.Target;
import java.util.List;

/** The options of a target. */
public abstract class TargetExtension extends Extension {
    TargetExtension(String name, List<Option> options) {
        super(name, options);
    }

    /** The target that the options say. */
    public abstract Target target();
}
