package dev.vethlab.engine.command.iptables.extension;

import dev.vethlab.engine.kernel.netfilter.target.ConnmarkTarget;
import dev.vethlab.engine.kernel.netfilter.target.Target;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@code -j CONNMARK}. */
final class ConnmarkTargetExtension extends TargetExtension {
    private static final List<Option> OPTIONS = List.of(
            Option.value("set-xmark"),
            Option.value("set-mark"),
            Option.value("and-mark"),
            Option.value("or-mark"),
            Option.value("xor-mark"),
            Option.flag("save-mark"),
            Option.flag("restore-mark"),
            Option.value("ctmask"),
            Option.value("nfmask"),
            Option.value("mask"));

    private ConnmarkTarget.@Nullable Mode mode;
    private int mark;
    private int connectionMask = -1;
    private int packetMask = -1;

    ConnmarkTargetExtension() {
        super("CONNMARK", OPTIONS);
    }

    @Override
    void parse(String option, String value, boolean inverted, Words words) throws IptablesException {
        switch (option) {
            case "save-mark" -> mode = ConnmarkTarget.Mode.SAVE;
            case "restore-mark" -> mode = ConnmarkTarget.Mode.RESTORE;
            case "ctmask" -> connectionMask = (int) number(option, value, 0, 0xFFFFFFFFL);
            case "nfmask" -> packetMask = (int) number(option, value, 0, 0xFFFFFFFFL);
            case "mask" -> {
                connectionMask = (int) number(option, value, 0, 0xFFFFFFFFL);
                packetMask = connectionMask;
            }
            default -> set(option, value);
        }
    }

    private void set(String option, String value) throws IptablesException {
        mode = ConnmarkTarget.Mode.SET;
        int[] marked = marked(option, value);
        mark = option.equals("and-mark") ? 0 : marked[0];
        connectionMask = switch (option) {
            case "set-mark" -> marked[0] | marked[1];
            case "and-mark" -> ~marked[0];
            case "or-mark" -> marked[0];
            case "xor-mark" -> 0;
            default -> marked[1];
        };
    }

    @Override
    public void finish(RuleContext rule) throws IptablesException {
        if (mode == null) {
            throw IptablesException.parameter("CONNMARK target: No operation specified");
        }
    }

    @Override
    public Target target() {
        return new ConnmarkTarget(Objects.requireNonNull(mode), mark, connectionMask, packetMask);
    }
}
