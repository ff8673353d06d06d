package dev.vethlab.engine.command.conntrack;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Which options each command takes ({@code commands_v_options} of {@code conntrack.c}). */
final class OptionRules {
    /** All options that rules speak of, in the order in which they are looked at. */
    private static final List<String> ORDER = List.of("src", "dst", "reply-src", "reply-dst", "protonum", "timeout", "status", "zero",
            "event-mask", "mark", "id", "family", "src-nat", "dst-nat", "output", "secmark", "buffer-size", "any-nat", "zone", "orig-zone",
            "reply-zone");

    /** What is refused, by table and command. */
    private static final Map<String, List<String>> REFUSED = new TreeMap<>();

    static {
        refuse("conntrack L", "timeout", "event-mask", "buffer-size", "id");
        refuse("conntrack D", "zero", "event-mask", "any-nat", "buffer-size", "secmark");
        refuse("conntrack U", "zero", "event-mask", "any-nat", "buffer-size", "zone", "orig-zone", "reply-zone", "secmark");
        refuse("conntrack I", "zero", "event-mask", "output", "id", "any-nat", "family", "buffer-size");
        refuse("conntrack E", "timeout", "status", "zero", "id");
        takeOnly("conntrack G", "src", "dst", "reply-src", "reply-dst", "protonum", "output", "id");
        takeOnly("conntrack F", "family");
        takeOnly("conntrack C");
        takeOnly("conntrack S");
        takeOnly("conntrack V");
        takeOnly("expect L", "family", "output");
        takeOnly("expect E", "output");
        takeOnly("expect F");
        takeOnly("expect C");
    }

    private OptionRules() {}

    private static void refuse(String command, String... options) {
        REFUSED.put(command, List.of(options));
    }

    private static void takeOnly(String command, String... options) {
        List<String> taken = List.of(options);
        REFUSED.put(command, ORDER.stream().filter(option -> !taken.contains(option)).toList());
    }

    /** The option in the way of a command, if one is. */
    static @Nullable String refused(char command, String table, Set<String> given) {
        List<String> refused = command == 0 ? ORDER : REFUSED.getOrDefault(table + " " + (command == 'A' ? 'I' : command), List.of());
        return ORDER.stream().filter(option -> given.contains(option) && refused.contains(option)).findFirst().orElse(null);
    }

    /** Those that come before another when a command is checked. */
    static boolean comesBefore(String one, String other) {
        return ORDER.indexOf(one) < ORDER.indexOf(other);
    }

    /** The name of an option by its letter, as refusals have it. */
    static String name(String letter) {
        return switch (letter) {
            case "s" -> "src";
            case "d" -> "dst";
            case "r" -> "reply-src";
            case "q" -> "reply-dst";
            case "p" -> "protonum";
            case "t" -> "timeout";
            case "u" -> "status";
            case "z" -> "zero";
            case "e" -> "event-mask";
            case "m" -> "mark";
            case "i" -> "id";
            case "f" -> "family";
            case "n" -> "src-nat";
            case "g" -> "dst-nat";
            case "o" -> "output";
            case "c" -> "secmark";
            case "b" -> "buffer-size";
            case "j" -> "any-nat";
            case "w" -> "zone";
            default -> letter;
        };
    }
}
