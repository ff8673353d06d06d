package dev.vethlab.engine.command.docker.compose;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Lays one compose file over another ({@code compose-go/override}): mappings are merged, sequences go on, scalars are replaced; what may
 * be written as either is brought to one shape first.
 */
final class ComposeMerge {
    /** Taken whole from the later file. */
    private static final List<String> REPLACED = List.of("command", "entrypoint", "test");

    /** {@code KEY=VALUE} in a sequence, or a mapping. */
    private static final List<String> PAIRS = List.of("environment", "labels", "sysctls", "args", "driver_opts");

    /** One text, or a sequence of them. */
    private static final List<String> SEQUENCES = List.of("dns", "dns_search", "env_file", "tmpfs");

    private ComposeMerge() {}

    static Yaml merge(Yaml base, Yaml over) {
        return new Yaml(over.file(), "", merged("", base.value(), over.value()));
    }

    private static @Nullable Object merged(String key, @Nullable Object base, @Nullable Object over) {
        if (over == null) {
            return base;
        }
        if (base == null || REPLACED.contains(key)) {
            return over;
        }
        if (PAIRS.contains(key)) {
            return mappings(pairs(base, "="), pairs(over, "="));
        }
        if (key.equals("extra_hosts")) {
            return mappings(pairs(base, "[=:]"), pairs(over, "[=:]"));
        }
        if (key.equals("depends_on") || key.equals("networks")) {
            return mappings(named(base, key), named(over, key));
        }
        if (key.equals("build")) {
            return mappings(context(base), context(over));
        }
        if (key.equals("volumes") && (base instanceof List || over instanceof List)) {
            return byTarget(sequence(base), sequence(over));
        }
        if (SEQUENCES.contains(key)) {
            return sequences(sequence(base), sequence(over));
        }
        if (base instanceof Map<?, ?> mapping && over instanceof Map<?, ?> later) {
            return mappings(mapping, later);
        }
        if (base instanceof List<?> list && over instanceof List<?> later) {
            return sequences(list, later);
        }
        return over;
    }

    private static Map<Object, @Nullable Object> mappings(Map<?, ?> base, Map<?, ?> over) {
        var result = new LinkedHashMap<Object, @Nullable Object>(base);
        over.forEach((key, value) -> result.put(key, merged(String.valueOf(key), base.get(key), value)));
        return result;
    }

    /** The second goes on after the first; what is in both stands there once. */
    private static List<Object> sequences(List<?> base, List<?> over) {
        var result = new ArrayList<Object>(base);
        over.stream().filter(item -> !result.contains(item)).forEach(result::add);
        return result;
    }

    private static List<?> sequence(Object value) {
        return value instanceof List<?> list ? list : List.of(value);
    }

    private static Map<?, ?> pairs(Object value, String separator) {
        if (value instanceof Map<?, ?> map) {
            return map;
        }
        var pairs = new LinkedHashMap<String, @Nullable Object>();
        for (Object item : sequence(value)) {
            String[] parts = String.valueOf(item).split(separator, 2);
            pairs.put(parts[0], parts.length > 1 ? parts[1] : null);
        }
        return pairs;
    }

    private static Map<?, ?> named(Object value, String key) {
        if (value instanceof Map<?, ?> map) {
            return map;
        }
        var names = new LinkedHashMap<String, @Nullable Object>();
        sequence(value).forEach(name -> names.put(String.valueOf(name),
                key.equals("depends_on") ? Collections.singletonMap("condition", "service_started") : null));
        return names;
    }

    private static Map<?, ?> context(Object value) {
        return value instanceof Map<?, ?> map ? map : new LinkedHashMap<>(Collections.singletonMap("context", value));
    }

    /** A later mount takes the place of one at the same target. */
    private static List<Object> byTarget(List<?> base, List<?> over) {
        var targets = new LinkedHashMap<String, Object>();
        base.forEach(item -> targets.put(target(item), item));
        over.forEach(item -> targets.put(target(item), item));
        return new ArrayList<>(targets.values());
    }

    private static String target(Object item) {
        if (item instanceof Map<?, ?> map) {
            return String.valueOf(map.get("target"));
        }
        String[] parts = String.valueOf(item).split(":", -1);
        return parts.length > 1 ? parts[1] : parts[0];
    }
}
