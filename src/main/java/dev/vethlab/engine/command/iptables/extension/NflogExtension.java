package dev.vethlab.engine.command.iptables.extension;

import dev.vethlab.engine.kernel.netfilter.target.NflogTarget;
import dev.vethlab.engine.kernel.netfilter.target.Target;
import java.util.List;

/** {@code -j NFLOG}. */
final class NflogExtension extends TargetExtension {
    private static final List<Option> OPTIONS = List.of(
            Option.value("nflog-group"),
            Option.value("nflog-prefix"),
            Option.value("nflog-size"),
            Option.value("nflog-threshold"));
    private static final int MAX_PREFIX = 63;

    private int group;
    private String prefix = "";
    private long size;
    private int threshold;

    NflogExtension() {
        super("NFLOG", OPTIONS);
    }

    @Override
    void parse(String option, String value, boolean inverted, Words words) throws IptablesException {
        switch (option) {
            case "nflog-group" -> group = (int) number(option, value, 0, 65535);
            case "nflog-prefix" -> prefix = value.substring(0, Math.min(value.length(), MAX_PREFIX));
            case "nflog-size" -> size = number(option, value, 0, 0xFFFFFFFFL);
            default -> threshold = (int) number(option, value, 0, 65535);
        }
    }

    @Override
    public Target target() {
        return new NflogTarget(group, prefix, size, threshold);
    }
}
