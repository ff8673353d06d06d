package dev.vethlab.engine.shell;

import java.util.ArrayList;
import java.util.Objects;

/** How {@code declare -p} and <code>${name@A}</code> write what a variable is. */
public final class Declarations {
    private Declarations() {}

    /** The letters of its attributes, in bash's order. */
    public static String flags(Variables variables, String name) {
        return (variables.isAssociative(name) ? "A" : variables.isArray(name) ? "a" : "") + variables.kind(name).flag
                + (variables.isReadOnly(name) ? "r" : "") + (variables.isExported(name) ? "x" : "");
    }

    /** Its value in double quotes, or an array's elements in parentheses. */
    public static String value(Variables variables, String name) {
        if (!variables.isArray(name)) {
            return Quoting.doubled(variables.getOr(name, ""));
        }
        var elements = new ArrayList<String>();
        for (String index : variables.indexes(name)) {
            elements.add("[" + key(index) + "]=" + element(variables, name, index));
        }
        return "(" + String.join(" ", elements) + (variables.isAssociative(name) && !elements.isEmpty() ? " )" : ")");
    }

    /** An array's keys and values one after the other. */
    public static String pairs(Variables variables, String name) {
        var pairs = new ArrayList<String>();
        for (String index : variables.indexes(name)) {
            pairs.add(key(index) + " " + element(variables, name, index));
        }
        return String.join(" ", pairs);
    }

    private static String element(Variables variables, String name, String index) {
        return Quoting.doubled(Objects.requireNonNullElse(variables.elementAt(name, index), ""));
    }

    private static String key(String index) {
        boolean plain = !index.isEmpty() && index.chars().noneMatch(c -> " \t\n\"'$`\\*?[]()<>|&;".indexOf(c) >= 0);
        return plain ? index : Quoting.doubled(index);
    }
}
