package dev.vethlab.engine.docker;

import dev.vethlab.engine.docker.api.JsonReader;
import dev.vethlab.engine.docker.api.Value;
import dev.vethlab.engine.packet.Ipv4;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

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
        var options = text.isBlank() ? new TreeMap<String, List<String>>() : read(text, flags);
        var all = new TreeMap<>(flags);
        all.putAll(options);
        String problem = problem(all);
        if (!problem.isEmpty()) {
            throw new IllegalArgumentException(
                    (text.isBlank() ? "" : "merged configuration validation from file and command line flags failed: ") + problem);
        }
        checkLabels(all.getOrDefault("label", List.of()));
        return options;
    }

    private static TreeMap<String, List<String>> read(String text, Map<String, List<String>> flags) {
        var options = new TreeMap<String, List<String>>();
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
        return options;
    }

    private static IllegalArgumentException invalid(String why) {
        return new IllegalArgumentException("invalid JSON: " + why);
    }

    private static void checkKeys(Value.Entries entries, Map<String, List<String>> flags) {
        var unknown = new ArrayList<String>();
        var twice = new ArrayList<String>();
        for (Map.Entry<String, Value> entry : flattened(entries).entrySet()) {
            DaemonOption option = named(entry.getKey());
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

    private static @Nullable DaemonOption named(String key) {
        return DaemonOption.ALL.stream().filter(option -> option.key().equals(key)).findFirst().orElse(null);
    }

    /** With the members of objects in place of these, but for options that are to be objects ({@code configValuesSet}). */
    private static Map<String, Value> flattened(Value.Entries entries) {
        var flat = new TreeMap<String, Value>();
        entries.entries().forEach((key, value) -> {
            DaemonOption option = named(key);
            if (value instanceof Value.Entries members && (option == null || !option.type().isObject())) {
                flat.putAll(members.entries());
            } else {
                flat.put(key, value);
            }
        });
        return flat;
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
        String field = "Go struct field Config." + option.key();
        return switch (option.type()) {
            case SWITCH -> List.of(scalar(field, value, Value.Flag.class, "bool"));
            case NUMBER -> List.of(scalar(field, value, Value.Whole.class, "int"));
            case TEXT -> List.of(scalar(field, value, Value.Text.class, "string"));
            case ADDRESS -> List.of(address(field, value));
            case ADDRESSES -> each(option, value, ConfigFile::address);
            case NEW_ADDRESSES -> each(option, value, ConfigFile::newAddress);
            case TEXTS -> each(option, value, (at, item) -> scalar(at, item, Value.Text.class, "string"));
            case MAP -> settings(option, value, Value.Text.class, "string");
            case SWITCHES -> settings(option, value, Value.Flag.class, "bool");
            case OBJECT -> members(option, value).keySet().stream().toList();
            case POOLS -> each(option, value, ConfigFile::pool);
            case MAP_OF_MAPS -> {
                var all = new ArrayList<String>();
                members(option, value).forEach((driver, options) -> members(option, options).forEach((key, setting) -> all.add(driver + "=" + key
                        + "=" + scalar(field + "." + driver + "." + key, setting, Value.Text.class, "string"))));
                yield all;
            }
        };
    }

    /** What becomes of an item of a list; {@code at} is where it is, as messages say it. */
    private interface Reading {
        String of(String at, Value item);
    }

    private static List<String> each(DaemonOption option, Value value, Reading reading) {
        var texts = new ArrayList<String>();
        for (Value item : items(option, value)) {
            texts.add(reading.of("Config." + option.key() + "." + texts.size(), item));
        }
        return texts;
    }

    private static List<String> settings(DaemonOption option, Value value, Class<? extends Value> type, String go) {
        var texts = new ArrayList<String>();
        members(option, value).forEach((key, setting) ->
                texts.add(key + "=" + scalar("Go struct field Config." + option.key() + "." + key, setting, type, go)));
        return texts;
    }

    private static String scalar(String at, Value value, Class<? extends Value> type, String go) {
        if (!type.isInstance(value)) {
            throw unfit(at, value, go);
        }
        return text(value);
    }

    private static IllegalArgumentException unfit(String at, Value value, String go) {
        return invalid("json: cannot unmarshal " + kind(value) + " into " + at + " of type " + go);
    }

    private static List<String> fail(DaemonOption option, Value value) {
        throw unfit("Go struct field Config." + option.key(), value, option.type().goName());
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

    private static String address(String at, Value value) {
        String text = scalar(at, value, Value.Text.class, "net.IP: JSON value must be string type");
        if (!text.isEmpty() && Ipv4.parse(text).isEmpty()) {
            throw invalid("invalid IP address: " + text);
        }
        return text;
    }

    private static String newAddress(String at, Value value) {
        String text = scalar(at, value, Value.Text.class, "netip.Addr");
        if (Ipv4.parse(text).isEmpty()) {
            throw invalid("ParseAddr(\"" + text + "\"): unable to parse IP");
        }
        return text;
    }

    private static String pool(String at, Value value) {
        String number = at.substring(at.lastIndexOf('.'));
        if (!(value instanceof Value.Entries members)) {
            throw unfit(number, value, "ipamutils.NetworkToSplit");
        }
        String base = scalar(number + ".base", members.entries().getOrDefault("base", Value.of("")), Value.Text.class, "netip.Prefix");
        int slash = base.indexOf('/');
        if (slash < 0) {
            throw invalid("netip.ParsePrefix(\"" + base + "\"): no '/'");
        }
        String address = base.substring(0, slash);
        if (Ipv4.parse(address).isEmpty()) {
            boolean brief = address.matches("\\d{1,3}(\\.\\d{1,3}){1,2}");
            throw invalid("netip.ParsePrefix(\"" + base + "\"): ParseAddr(\"" + address + "\"): "
                    + (brief ? "IPv4 address too short" : "unable to parse IP"));
        }
        return "base=" + base + ",size=" + scalar("Go struct field " + number + ".size", members.entries().getOrDefault("size", Value.of(0)),
                Value.Whole.class, "int");
    }

    /** {@code Validate}: what can be wrong with values that are of the right type. */
    private static String problem(Map<String, List<String>> options) {
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
        for (String label : options.getOrDefault("label", List.of())) {
            problem = label.contains("=") ? problem : "bad attribute format: " + label;
        }
        for (String mirror : options.getOrDefault("registry-mirror", List.of())) {
            problem = problem.isEmpty() ? mirrorProblem(mirror) : problem;
        }
        for (String key : List.of("max-concurrent-downloads", "max-concurrent-uploads", "max-download-attempts")) {
            String number = options.getOrDefault(key, List.of("0")).getFirst();
            problem = number.startsWith("-") ? "invalid " + key.replace('-', ' ') + ": " + number : problem;
        }
        return problem;
    }

    /** {@code registry.ValidateMirror}. */
    private static String mirrorProblem(String mirror) {
        int colon = mirror.indexOf("://");
        String scheme = colon < 0 ? "" : mirror.substring(0, colon);
        if (scheme.isEmpty()) {
            return "invalid mirror: no scheme specified for \"" + mirror + "\": must use either 'https://' or 'http://'";
        }
        if (!scheme.equals("http") && !scheme.equals("https")) {
            return "invalid mirror: unsupported scheme \"" + scheme + "\" in \"" + mirror + "\": must use either 'https://' or 'http://'";
        }
        return mirror.contains("?") || mirror.contains("#") ? "invalid mirror: query or fragment at end of the URI \"" + mirror + "\"" : "";
    }

    /** Of labels with one name only the last would count: they are refused, unless all are the same ({@code GetConflictFreeLabels}). */
    private static void checkLabels(List<String> labels) {
        var seen = new TreeMap<String, String>();
        for (String label : labels) {
            String before = seen.put(label.split("=", 2)[0], label);
            if (before != null && !before.equals(label)) {
                throw new IllegalArgumentException("conflict labels for " + label + " and " + before);
            }
        }
    }
}
