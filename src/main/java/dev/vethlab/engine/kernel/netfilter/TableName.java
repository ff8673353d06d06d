package dev.vethlab.engine.kernel.netfilter;

import dev.vethlab.engine.trace.Stage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The tables, in the order of their priorities. */
public enum TableName {
    RAW("raw", List.of(Hook.PREROUTING, Hook.OUTPUT)),
    MANGLE("mangle", List.of(Hook.PREROUTING, Hook.INPUT, Hook.FORWARD, Hook.OUTPUT, Hook.POSTROUTING)),
    NAT("nat", List.of(Hook.PREROUTING, Hook.INPUT, Hook.OUTPUT, Hook.POSTROUTING)),
    FILTER("filter", List.of(Hook.INPUT, Hook.FORWARD, Hook.OUTPUT)),
    SECURITY("security", List.of(Hook.INPUT, Hook.FORWARD, Hook.OUTPUT));

    private final String text;
    private final List<Hook> hooks;

    TableName(String text, List<Hook> hooks) {
        this.text = text;
        this.hooks = hooks;
    }

    public String text() {
        return text;
    }

    /** The hooks at which it has a base chain, in the order of listings. */
    public List<Hook> hooks() {
        return hooks;
    }

    /** The table of this name; null if there is none such. */
    public static @Nullable TableName named(String text) {
        for (TableName table : values()) {
            if (table.text.equals(text)) {
                return table;
            }
        }
        return null;
    }

    /** The stage of the packet path that it is at this hook. */
    Stage stage(Hook hook) {
        return Stage.valueOf(name() + "_" + hook.name());
    }
}
