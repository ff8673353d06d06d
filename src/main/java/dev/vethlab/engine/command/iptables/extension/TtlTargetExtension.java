package dev.vethlab.engine.command.iptables.extension;

import dev.vethlab.engine.kernel.netfilter.target.Target;
import dev.vethlab.engine.kernel.netfilter.target.TtlTarget;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@code -j TTL}. */
final class TtlTargetExtension extends TargetExtension {
    private static final List<Option> OPTIONS = List.of(
            Option.value("ttl-set"),
            Option.value("ttl-dec"),
            Option.value("ttl-inc"));

    private TtlTarget.@Nullable Mode mode;
    private int amount;

    TtlTargetExtension() {
        super("TTL", OPTIONS);
    }

    @Override
    void parse(String option, String value, boolean inverted, Words words) throws IptablesException {
        if (mode != null) {
            throw IptablesException.parameter("TTL: You must specify only one action");
        }
        amount = (int) number(option, value, option.equals("ttl-set") ? 0 : 1, 255);
        mode = switch (option) {
            case "ttl-set" -> TtlTarget.Mode.SET;
            case "ttl-dec" -> TtlTarget.Mode.DECREMENT;
            default -> TtlTarget.Mode.INCREMENT;
        };
    }

    @Override
    public void finish(RuleContext rule) throws IptablesException {
        if (mode == null) {
            throw IptablesException.parameter("TTL: You must specify an action");
        }
    }

    @Override
    public Target target() {
        return new TtlTarget(Objects.requireNonNull(mode), amount);
    }
}
