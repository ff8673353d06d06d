package dev.vethlab.engine.command.iptables.extension;

import dev.vethlab.engine.kernel.netfilter.target.Target;
import dev.vethlab.engine.kernel.netfilter.target.TosTarget;
import java.util.List;

/** {@code -j TOS}. */
final class TosTargetExtension extends TargetExtension {
    private static final List<Option> OPTIONS =
            List.of(Option.value("set-tos"), Option.value("and-tos"), Option.value("or-tos"), Option.value("xor-tos"));

    private int value;
    private int mask;
    private boolean given;

    TosTargetExtension() {
        super("TOS", OPTIONS);
    }

    @Override
    void parse(String option, String text, boolean inverted, Words words) throws IptablesException {
        given = true;
        if (option.equals("set-tos")) {
            int[] parsed = TosExtension.valueAndMask(this, option, text);
            value = parsed[0];
            mask = parsed[1];
            return;
        }
        int bits = (int) number(option, text, 0, 255);
        value = option.equals("and-tos") ? 0 : bits;
        mask = switch (option) {
            case "and-tos" -> ~bits & 0xFF;
            case "or-tos" -> bits;
            default -> 0;
        };
    }

    @Override
    public void finish(RuleContext rule) throws IptablesException {
        if (!given) {
            throw IptablesException.parameter("TOS: An action is required");
        }
    }

    @Override
    public Target target() {
        return new TosTarget(value, mask, false);
    }
}
