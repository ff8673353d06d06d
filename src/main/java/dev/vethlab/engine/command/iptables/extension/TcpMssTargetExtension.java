package dev.vethlab.engine.command.iptables.extension;

import dev.vethlab.engine.kernel.netfilter.target.Target;
import dev.vethlab.engine.kernel.netfilter.target.TcpMssTarget;
import java.util.List;

/** {@code -j TCPMSS}. */
final class TcpMssTargetExtension extends TargetExtension {
    private static final List<Option> OPTIONS = List.of(
            Option.value("set-mss"),
            Option.flag("clamp-mss-to-pmtu"));

    private int mss = TcpMssTarget.CLAMP;

    TcpMssTargetExtension() {
        super("TCPMSS", OPTIONS);
    }

    @Override
    void parse(String option, String value, boolean inverted, Words words) throws IptablesException {
        if (option.equals("set-mss")) {
            mss = (int) number(option, value, 0, 65535 - 40);
        }
    }

    @Override
    public void finish(RuleContext rule) throws IptablesException {
        if (!has("set-mss") && !has("clamp-mss-to-pmtu")) {
            throw IptablesException.parameter("TCPMSS target: At least one parameter is required");
        }
    }

    @Override
    public Target target() {
        return new TcpMssTarget(mss);
    }
}
