package dev.vethlab.engine.command.iptables.extension;

import dev.vethlab.engine.kernel.netfilter.target.Target;

/** The options of a target. */
public abstract class TargetExtension extends Extension {
    TargetExtension(String name) {
        super(name);
    }

    /** The target that the options say. */
    public abstract Target target();
}
