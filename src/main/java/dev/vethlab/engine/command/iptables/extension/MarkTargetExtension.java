package dev.vethlab.engine.command.iptables.extension;

import dev.vethlab.engine.kernel.netfilter.target.MarkTarget;
import dev.vethlab.engine.kernel.netfilter.target.Target;
import java.util.List;

/** {@code -j MARK}. */
final class MarkTargetExtension extends TargetExtension {
    private static final List<Option> OPTIONS = List.of(
            Option.value("set-xmark"),
            Option.value("set-mark"),
            Option.value("and-mark"),
            Option.value("or-mark"),
            Option.value("xor-mark"));

    private int mark;
    private int mask;
    private boolean chosen;

    MarkTargetExtension() {
        super("MARK", OPTIONS);
    }

    @Override
    void parse(String option, String value, boolean inverted, Words words) throws IptablesException {
        switch (option) {
            case "set-xmark", "set-mark" -> {
                int[] marked = marked(option, value);
                mark = marked[0];
                mask = option.equals("set-mark") ? marked[0] | marked[1] : marked[1];
            }
            case "and-mark" -> {
                mark = 0;
                mask = ~(int) number(option, value, 0, 0xFFFFFFFFL);
            }
            case "or-mark" -> {
                mark = (int) number(option, value, 0, 0xFFFFFFFFL);
                mask = mark;
            }
            default -> {
                mark = (int) number(option, value, 0, 0xFFFFFFFFL);
                mask = 0;
            }
        }
        chosen = true;
    }

    @Override
    public void finish(RuleContext rule) throws IptablesException {
        if (!chosen) {
            throw IptablesException.parameter("MARK: One of the --set-xmark, --{and,or,xor,set}-mark options is required");
        }
    }

    @Override
    public Target target() {
        return new MarkTarget(mark, mask);
    }
}
