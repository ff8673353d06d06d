package dev.vethlab.engine.docker;

import dev.vethlab.engine.docker.api.Value;
import dev.vethlab.engine.packet.Ipv4;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The engine's configuration file, {@code /etc/docker/daemon.json} ({@code getConflictFreeConfiguration} of {@code daemon/config}). */
final class ConfigFile {
    static final String PATH = "/etc/docker/daemon.json";

    private static final List<String> LOG_LEVELS = List.of("debug", "info", "warn", "warning", "error", "fatal", "panic", "trace");
    private static final Pattern DOMAIN = Pattern.compile("[a-zA-Z0-9]([\\w.-]*[a-zA-Z0-9])?\\.?|\\.");

    private ConfigFile() {}

    /**
     * The options in a file's text, by flag.
     *
     * @param flags what was given on the command line, by flag: what is there must not be in the file
     * @throws IllegalArgumentException with the engine's words for what is wrong
     */
    static Map<String, List<String>> options(String text, Map<String, List<String>> flags) {
        var options = new TreeMap<String, List<String>>();
        if (text.isBlank()) {
            return options;
        }
        Value json;
        try {
            json = JsonReader.read(text);
        } catch (JsonReader.SyntaxException e) {
            throw invalid(String.valueOf(e.getMessage()));
        }
        if (json instanceof Value.Nil) {
            return options;
        }
        if (!(json instanceof Value.Entries entries)) {
            throw invalid("json: cannot unmarshal " + kind(json) + " into Go value of type map[string]interface {}");
        }
        checkKeys(entries, flags);
        for (DaemonOption option : DaemonOption.ALL) {
            Value value = entries.entries().get(option.key());
            if (value != null && !(value instanceof Value.Nil)) {
                options.put(option.flag(), values(option, value));
            }
        }
        validate(options);
        return options;
    }

    private static IllegalArgumentException invalid(String why) {
        return new IllegalArgumentException("invalid JSON: " + why);
    }

    private static void checkKeys(Value.Entries entries, Map<String, List<String>> flags) {
        var unknown = new ArrayList<String>();
        var twice = new ArrayList<String>();
        for (Map.Entry<String, Value> entry : entries.entries().entrySet()) {
            DaemonOption option = DaemonOption.ALL.stream().filter(o -> o.key().equals(entry.getKey())).findFirst().orElse(null);
            if (option == null) {
                unknown.add(entry.getKey());
            } else if (flags.containsKey(option.flag())) {
                List<String> given = flags.get(option.flag());
                String flag = option.type().isMany() ? "[" + String.join(" ", given) + "]" : given.getLast();
                twice.add(option.flag() + ": (from flag: " + flag + ", from file: " + text(entry.getValue()) + ")");
            }
        }
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException(
                    "the following directives don't match any configuration option: " + String.join(", ", unknown));
        }
        if (!twice.isEmpty()) {
            throw new IllegalArgumentException("the following directives are specified both as a flag and in the configuration file: "
                    + String.join(", ", twice));
        }
    }

    /** As Go's {@code %v} prints what was read. */
    private static String text(Value value) {
        return switch (value) {
            case Value.Text text -> text.text();
            case Value.Whole whole -> Long.toString(whole.number());
            case Value.Real real -> Double.toString(real.number());
            case Value.Flag flag -> Boolean.toString(flag.flag());
            case Value.Nil nil -> "<nil>";
            case Value.Items items -> "[" + String.join(" ", items.items().stream().map(ConfigFile::text).toList()) + "]";
            case Value.Entries entries -> "map[" + String.join(" ",
                    entries.entries().entrySet().stream().map(e -> e.getKey() + ":" + text(e.getValue())).toList()) + "]";
            case Value.Struct struct -> throw new IllegalStateException("JSON has no structs");
        };
    }

    private static String kind(Value value) {
        return switch (value) {
            case Value.Text text -> "string";
            case Value.Whole whole -> "number";
            case Value.Real real -> "number " + real.number();
            case Value.Flag flag -> "bool";
            case Value.Nil nil -> "null";
            case Value.Items items -> "array";
            case Value.Entries entries -> "object";
            case Value.Struct struct -> throw new IllegalStateException("JSON has no structs");
        };
    }

    private static List<String> values(DaemonOption option, Value value) {
        return switch (option.type()) {
            case SWITCH -> value instanceof Value.Flag ? List.of(text(value)) : fail(option, value);
            case NUMBER -> value instanceof Value.Whole ? List.of(text(value)) : fail(option, value);
            case TEXT -> value instanceof Value.Text ? List.of(text(value)) : fail(option, value);
            case ADDRESS -> value instanceof Value.Text ? List.of(address(value)) : fail(option, value);
            case ADDRESSES -> items(option, value).stream().map(ConfigFile::address).toList();
            case TEXTS -> items(option, value).stream().map(ConfigFile::text).toList();
            case MAP, SWITCHES -> members(option, value).entrySet().stream().map(e -> e.getKey() + "=" + text(e.getValue())).toList();
            case OBJECT -> members(option, value).keySet().stream().toList();
            case POOLS -> items(option, value).stream().map(item -> pool(option, item)).toList();
            case MAP_OF_MAPS -> {
                var all = new ArrayList<String>();
                members(option, value).forEach((driver, options) -> members(option, options)
                        .forEach((key, setting) -> all.add(driver + "=" + key + "=" + text(setting))));
                yield all;
            }
        };
    }

    private static List<String> fail(DaemonOption option, Value value) {
        throw invalid("json: cannot unmarshal " + kind(value) + " into Go struct field Config." + option.key() + " of type "
                + option.type().goName());
    }

    private static List<Value> items(DaemonOption option, Value value) {
        if (value instanceof Value.Items items) {
            return items.items();
        }
        fail(option, value);
        return List.of();
    }

    private static Map<String, Value> members(DaemonOption option, Value value) {
        if (value instanceof Value.Entries entries) {
            return entries.entries();
        }
        fail(option, value);
        return new TreeMap<>();
    }

    private static String address(Value value) {
        String text = text(value);
        if (!text.isEmpty() && Ipv4.parse(text).isEmpty()) {
            throw invalid("invalid IP address: " + text);
        }
        return text;
    }

    private static String pool(DaemonOption option, Value value) {
        Map<String, Value> members = members(option, value);
        String base = text(members.getOrDefault("base", Value.of("")));
        if (!base.contains("/")) {
            throw invalid("netip.ParsePrefix(\"" + base + "\"): no '/'");
        }
        return "base=" + base + ",size=" + text(members.getOrDefault("size", Value.of(0)));
    }

    /** {@code Validate}: what can be wrong with values that are of the right type. */
    private static void validate(Map<String, List<String>> options) {
        String problem = "";
        for (String domain : options.getOrDefault("dns-search", List.of())) {
            if (!DOMAIN.matcher(domain).matches()) {
                problem = domain + " is not a valid domain";
            }
        }
        String mtu = options.getOrDefault("mtu", List.of("0")).getFirst();
        if (mtu.startsWith("-")) {
            problem = "invalid default MTU: " + mtu;
        }
        String level = options.getOrDefault("log-level", List.of("info")).getFirst();
        if (!level.isEmpty() && !LOG_LEVELS.contains(level)) {
            problem = "invalid logging level: " + level;
        }
        if (!problem.isEmpty()) {
            throw new IllegalArgumentException("merged configuration validation from file and command line flags failed: " + problem);
        }
    }
}
