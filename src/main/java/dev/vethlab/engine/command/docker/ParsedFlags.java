package dev.vethlab.engine.command.docker;

import dev.vethlab.engine.docker.api.GoDuration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A command line, parsed: what was given for each flag, and the arguments. */
final class ParsedFlags {
    private final Map<FlagSpec, List<String>> values = new LinkedHashMap<>();
    private final List<String> arguments = new ArrayList<>();
    private boolean help;

    void add(FlagSpec spec, String value) {
        if (!spec.isList()) {
            values.remove(spec);
        }
        values.computeIfAbsent(spec, s -> new ArrayList<>()).add(value);
    }

    void askForHelp() {
        help = true;
    }

    boolean asksForHelp() {
        return help || flag("help");
    }

    List<String> arguments() {
        return arguments;
    }

    /** The flags that were given, in the order of their first use. */
    List<FlagSpec> given() {
        return List.copyOf(values.keySet());
    }

    boolean has(String name) {
        return !texts(name).isEmpty();
    }

    /** All values given; empty if none was. */
    List<String> texts(String name) {
        for (Map.Entry<FlagSpec, List<String>> entry : values.entrySet()) {
            if (entry.getKey().name().equals(name)) {
                return entry.getValue();
            }
        }
        return List.of();
    }

    /** The value given; empty if none was. */
    String text(String name) {
        List<String> all = texts(name);
        return all.isEmpty() ? "" : all.getLast();
    }

    String text(String name, String otherwise) {
        return has(name) ? text(name) : otherwise;
    }

    /** Whether a switch is on. */
    boolean flag(String name) {
        return flag(name, false);
    }

    boolean flag(String name, boolean otherwise) {
        if (!has(name)) {
            return otherwise;
        }
        return List.of("1", "t", "T", "TRUE", "true", "True").contains(text(name));
    }

    int number(String name, int otherwise) {
        return has(name) ? (int) Math.clamp(Long.parseLong(text(name)), Integer.MIN_VALUE, Integer.MAX_VALUE) : otherwise;
    }

    /** A duration in nanoseconds; 0 if none was given. */
    long duration(String name) {
        return GoDuration.parse(text(name, "0")).orElse(0);
    }
}
