package dev.vethlab.engine.command.net;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Options as glibc's {@code getopt_long} reads them, operands anywhere among them.
 *
 * <p>{@code shorts} is its string: {@code "c:ni::"} has {@code -c VALUE}, {@code -n} and {@code -i[VALUE]}. {@code longs} are {@code
 * name}, {@code name:} with a value, {@code name::} with one that may be left out, or {@code name=c}, {@code name:=c} and {@code
 * name::=c} for another spelling of {@code -c}.
 */
public final class Getopt {
    private final List<Option> options = new ArrayList<>();
    private final List<String> operands = new ArrayList<>();
    private @Nullable String error;

    /** One option as given: its letter or long name, and its value, empty if it takes none. */
    public record Option(String name, String value) {}

    private Getopt() {}

    /** Reads {@code argv}; the first is the program's name, which its complaints begin with. */
    public static Getopt parse(List<String> argv, String shorts, String... longs) {
        var result = new Getopt();
        String program = argv.getFirst();
        int at = 1;
        boolean posix = shorts.startsWith("+");
        while (at < argv.size() && result.error == null) {
            String word = argv.get(at++);
            if (word.equals("--")) {
                result.operands.addAll(argv.subList(at, argv.size()));
                break;
            }
            if (word.startsWith("--") && longs.length > 0) {
                at = result.longOption(program, argv, at, word.substring(2), longs);
            } else if (word.startsWith("-") && word.length() > 1) {
                at = result.shortOptions(program, argv, at, word, shorts);
            } else if (posix) {
                result.operands.addAll(argv.subList(at - 1, argv.size()));
                break;
            } else {
                result.operands.add(word);
            }
        }
        return result;
    }

    private int shortOptions(String program, List<String> argv, int next, String word, String shorts) {
        for (int i = 1; i < word.length(); i++) {
            char letter = word.charAt(i);
            int known = letter == ':' || letter == '+' ? -1 : shorts.indexOf(letter);
            if (known < 0) {
                error = program + ": invalid option -- '" + letter + "'";
                return next;
            }
            boolean valued = shorts.startsWith(":", known + 1);
            if (!valued) {
                options.add(new Option(String.valueOf(letter), ""));
            } else if (i + 1 < word.length() || shorts.startsWith("::", known + 1)) {
                options.add(new Option(String.valueOf(letter), word.substring(i + 1)));
                return next;
            } else if (next < argv.size()) {
                options.add(new Option(String.valueOf(letter), argv.get(next)));
                return next + 1;
            } else {
                error = program + ": option requires an argument -- '" + letter + "'";
                return next;
            }
        }
        return next;
    }

    private static String name(String spec) {
        int end = 0;
        while (end < spec.length() && spec.charAt(end) != ':' && spec.charAt(end) != '=') {
            end++;
        }
        return spec.substring(0, end);
    }

    private int longOption(String program, List<String> argv, int next, String word, String[] longs) {
        int equals = word.indexOf('=');
        String given = equals < 0 ? word : word.substring(0, equals);
        String found = null;
        var possible = new ArrayList<String>();
        for (String spec : longs) {
            String name = name(spec);
            if (name.equals(given)) {
                found = spec;
                possible.clear();
                break;
            }
            if (name.startsWith(given)) {
                found = spec;
                possible.add("'--" + name + "'");
            }
        }
        if (found == null) {
            error = program + ": unrecognized option '--" + word + "'";
            return next;
        }
        if (possible.size() > 1) {
            error = program + ": option '--" + word + "' is ambiguous; possibilities: " + String.join(" ", possible);
            return next;
        }
        String name = name(found);
        boolean valued = found.startsWith(name + ":");
        boolean optional = found.startsWith(name + "::");
        String key = found.contains("=") ? found.substring(found.indexOf('=') + 1) : name;
        if (!valued && equals >= 0) {
            error = program + ": option '--" + name + "' doesn't allow an argument";
        } else if (!valued || optional && equals < 0) {
            options.add(new Option(key, ""));
        } else if (equals >= 0) {
            options.add(new Option(key, word.substring(equals + 1)));
        } else if (next < argv.size()) {
            options.add(new Option(key, argv.get(next)));
            return next + 1;
        } else {
            error = program + ": option '--" + name + "' requires an argument";
        }
        return next;
    }

    /** The options, as given. */
    public List<Option> options() {
        return options;
    }

    public List<String> operands() {
        return operands;
    }

    /** The complaint about the first bad option, or null. */
    public @Nullable String error() {
        return error;
    }

    public boolean has(String name) {
        return options.stream().anyMatch(o -> o.name().equals(name));
    }

    /** The last value given, or null. */
    public @Nullable String value(String name) {
        String last = null;
        for (Option option : options) {
            if (option.name().equals(name)) {
                last = option.value();
            }
        }
        return last;
    }
}
