package dev.vethlab.engine.command.iptables.extension;

import dev.vethlab.engine.kernel.netfilter.target.LogTarget;
import dev.vethlab.engine.kernel.netfilter.target.Target;
import java.util.List;

/** {@code -j LOG}. */
final class LogExtension extends TargetExtension {
    private static final List<Option> OPTIONS = List.of(
            Option.value("log-level"),
            Option.value("log-prefix"),
            Option.flag("log-tcp-sequence"),
            Option.flag("log-tcp-options"),
            Option.flag("log-ip-options"),
            Option.flag("log-uid"),
            Option.flag("log-macdecode"));

    private int level = LogTarget.DEFAULT_LEVEL;
    private String prefix = "";
    private int flags;

    LogExtension() {
        super("LOG", OPTIONS);
    }

    @Override
    void parse(String option, String value, boolean inverted, Words words) throws IptablesException {
        switch (option) {
            case "log-level" -> {
                level = LogTarget.level(value);
                if (level < 0) {
                    throw IptablesException.parameter("log level \"" + value + "\" unknown\n");
                }
            }
            case "log-prefix" -> {
                if (value.isEmpty()) {
                    throw IptablesException.parameter("Argument must have a minimum length of 1 characters\n");
                }
                if (value.indexOf('\n') >= 0) {
                    throw IptablesException.parameter("LOG: Newlines not allowed in --log-prefix");
                }
                prefix = value.substring(0, Math.min(value.length(), LogTarget.MAX_PREFIX));
            }
            case "log-tcp-sequence" -> flags |= LogTarget.TCP_SEQUENCE;
            case "log-tcp-options" -> flags |= LogTarget.TCP_OPTIONS;
            case "log-ip-options" -> flags |= LogTarget.IP_OPTIONS;
            case "log-uid" -> flags |= LogTarget.UID;
            default -> flags |= LogTarget.MACDECODE;
        }
    }

    @Override
    public Target target() {
        return new LogTarget(level, prefix, flags);
    }
}
