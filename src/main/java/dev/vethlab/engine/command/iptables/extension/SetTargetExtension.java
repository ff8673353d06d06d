package dev.vethlab.engine.command.iptables.extension;

import dev.vethlab.engine.kernel.netfilter.target.SetTarget;
import dev.vethlab.engine.kernel.netfilter.target.Target;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code -j SET}. */
final class SetTargetExtension extends TargetExtension {
    private static final List<Option> OPTIONS = List.of(
            Option.value("add-set"),
            Option.value("del-set"),
            Option.value("map-set"),
            Option.flag("exist"),
            Option.value("timeout"));

    private SetTarget.@Nullable Change add;
    private SetTarget.@Nullable Change delete;
    private int timeout = -1;

    SetTargetExtension() {
        super("SET", OPTIONS);
    }

    @Override
    void parse(String option, String value, boolean inverted, Words words) throws IptablesException {
        switch (option) {
            case "add-set" -> add = new SetTarget.Change(value, SetOptionWords.directions(option, value, words));
            case "del-set" -> delete = new SetTarget.Change(value, SetOptionWords.directions(option, value, words));
            case "map-set" -> throw IptablesException.unsupported("iptables: SET --map-set is not emulated");
            case "timeout" -> timeout = (int) number(option, value, 0, Integer.MAX_VALUE);
            default -> {}
        }
    }

    @Override
    public void finish(RuleContext rule) throws IptablesException {
        if (add == null && delete == null) {
            throw IptablesException.parameter("You must specify either `--add-set' or `--del-set' or `--map-set'");
        }
        if ((has("exist") || has("timeout")) && add == null) {
            throw IptablesException.parameter("Flag `--" + (has("exist") ? "exist" : "timeout") + "' can be used with `--add-set' only");
        }
    }

    @Override
    public Target target() {
        return new SetTarget(add, delete, has("exist"), timeout);
    }
}
