package dev.vethlab.engine.command.iptables.extension;

import dev.vethlab.engine.kernel.netfilter.target.ClassifyTarget;
import dev.vethlab.engine.kernel.netfilter.target.Target;
import java.util.List;

/** {@code -j CLASSIFY}. */
final class ClassifyExtension extends TargetExtension {
    private static final List<Option> OPTIONS = List.of(Option.value("set-class"));

    private int major;
    private int minor;

    ClassifyExtension() {
        super("CLASSIFY", OPTIONS);
    }

    @Override
    void parse(String option, String value, boolean inverted, Words words) throws IptablesException {
        if (!value.matches("\\p{XDigit}{1,4}:\\p{XDigit}{1,4}")) {
            throw IptablesException.parameter("Bad class value `" + value + "'");
        }
        int colon = value.indexOf(':');
        major = Integer.parseInt(value.substring(0, colon), 16);
        minor = Integer.parseInt(value.substring(colon + 1), 16);
    }

    @Override
    public void finish(RuleContext rule) throws IptablesException {
        require("set-class");
    }

    @Override
    public Target target() {
        return new ClassifyTarget(major, minor);
    }
}
