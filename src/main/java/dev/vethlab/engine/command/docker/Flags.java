package dev.vethlab.engine.command.docker;

import dev.vethlab.engine.docker.api.GoDuration;
import dev.vethlab.engine.docker.api.Reference;
import dev.vethlab.engine.packet.Ipv4;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The flags that a command declares, and the parsing of command lines by them ({@code github.com/spf13/pflag}). */
final class Flags {
    private static final Pattern LINE = Pattern.compile("(!?) *(?:-(\\w), )?--([\\w-]+)(?: ([\\w-]+))?(?:  +(.*))?");

    static final Flags NONE = declare("");

    private final List<FlagSpec> specs;

    private Flags(List<FlagSpec> specs) {
        this.specs = List.copyOf(specs);
    }

    /**
     * Declares flags as help lists them, one a line: {@code -p, --publish list  Publish a port}. A {@code !} before a line marks one that
     * Docker knows and that is not emulated.
     */
    static Flags declare(String text) {
        var specs = new ArrayList<FlagSpec>();
        for (String line : text.split("\n")) {
            if (line.isBlank()) {
                continue;
            }
            Matcher matcher = LINE.matcher(line.strip());
            if (!matcher.matches()) {
                throw new IllegalArgumentException("not a flag: " + line);
            }
            String letter = matcher.group(2);
            specs.add(new FlagSpec(matcher.group(3), letter == null ? 0 : letter.charAt(0),
                    matcher.group(4) == null ? "" : matcher.group(4), matcher.group(5) == null ? "" : matcher.group(5),
                    matcher.group(1).isEmpty()));
        }
        return new Flags(specs);
    }

    /** The same, by name. */
    Flags sorted() {
        return new Flags(specs.stream().sorted(java.util.Comparator.comparing(FlagSpec::name)).toList());
    }

    /** These and others. */
    Flags and(Flags others) {
        return new Flags(Stream.concat(specs.stream(), others.specs.stream()).toList());
    }

    List<FlagSpec> specs() {
        return specs;
    }

    private @Nullable FlagSpec named(String name) {
        for (FlagSpec spec : specs) {
            if (spec.name().equals(name)) {
                return spec;
            }
        }
        return switch (name) {
            case "net" -> named("network");
            case "net-alias" -> named("network-alias");
            case "dns-opt" -> named("dns-option");
            default -> null;
        };
    }

    private @Nullable FlagSpec lettered(char letter) {
        for (FlagSpec spec : specs) {
            if (spec.shorthand() == letter) {
                return spec;
            }
        }
        return null;
    }

    /** @param interspersed whether flags may come behind arguments */
    ParsedFlags parse(List<String> words, boolean interspersed) throws FlagException {
        var parsed = new ParsedFlags();
        int at = 0;
        while (at < words.size()) {
            String word = words.get(at++);
            if (word.equals("--")) {
                parsed.arguments().addAll(words.subList(at, words.size()));
                break;
            }
            if (word.length() < 2 || word.charAt(0) != '-') {
                parsed.arguments().add(word);
                if (!interspersed) {
                    parsed.arguments().addAll(words.subList(at, words.size()));
                    break;
                }
            } else if (word.startsWith("--")) {
                at = longFlag(word, words, at, parsed);
            } else {
                at = letters(word.substring(1), words, at, parsed);
            }
        }
        return parsed;
    }

    private int longFlag(String word, List<String> words, int next, ParsedFlags parsed) throws FlagException {
        int equals = word.indexOf('=');
        String name = equals < 0 ? word.substring(2) : word.substring(2, equals);
        if (name.isEmpty() || name.startsWith("-")) {
            throw new FlagException("bad flag syntax: " + word);
        }
        FlagSpec spec = named(name);
        if (spec == null) {
            if (name.equals("help")) {
                parsed.askForHelp();
                return next;
            }
            throw new FlagException("unknown flag: --" + name);
        }
        if (equals >= 0) {
            set(parsed, spec, word.substring(equals + 1));
        } else if (spec.isSwitch()) {
            set(parsed, spec, "true");
        } else if (next < words.size()) {
            set(parsed, spec, words.get(next));
            return next + 1;
        } else {
            throw new FlagException("flag needs an argument: --" + name);
        }
        return next;
    }

    private int letters(String letters, List<String> words, int next, ParsedFlags parsed) throws FlagException {
        for (int i = 0; i < letters.length(); i++) {
            char letter = letters.charAt(i);
            FlagSpec spec = lettered(letter);
            if (spec == null) {
                if (letter == 'h') {
                    parsed.askForHelp();
                    return next;
                }
                throw new FlagException("unknown shorthand flag: '" + letter + "' in -" + letters.substring(i));
            }
            String rest = letters.substring(i + 1);
            if (rest.startsWith("=")) {
                set(parsed, spec, rest.substring(1));
                return next;
            }
            if (!spec.isSwitch()) {
                if (!rest.isEmpty()) {
                    set(parsed, spec, rest);
                    return next;
                }
                if (next >= words.size()) {
                    throw new FlagException("flag needs an argument: '" + letter + "' in -" + letters.substring(i));
                }
                set(parsed, spec, words.get(next));
                return next + 1;
            }
            set(parsed, spec, "true");
        }
        return next;
    }

    private static void set(ParsedFlags parsed, FlagSpec spec, String value) throws FlagException {
        String complaint = switch (spec.type()) {
            case "" -> isBoolean(value) ? "" : "strconv.ParseBool: parsing " + quote(value) + ": invalid syntax";
            case "int", "uint16" -> integer(value);
            case "duration" -> GoDuration.parse(value).isPresent() ? "" : GoDuration.complaint(value);
            case "ip" -> Ipv4.parse(value).isPresent() ? "" : "failed to parse IP: " + quote(value);
            case "ipSlice" -> Ipv4.parse(value).isPresent() ? "" : "invalid string being converted to IP address: " + value;
            case "mapmap" -> value.matches("[^=]*=[^=]*=.*") ? ""
                    : "invalid value " + quote(value) + " for map option, should be root-key=key=value";
            case "decimal" -> value.matches("\\d*\\.?\\d+|\\d+\\.") ? "" : "failed to parse " + value + " as a rational number";
            case "bytes" -> value.equals("-1") ? "" : Units.sizeComplaint(value);
            case "filter" -> value.isEmpty() || value.contains("=") ? "" : "bad format of filter (expected name=value)";
            case "list" -> listComplaint(spec, value);
            case "map" -> spec.name().equals("sysctl") ? ListValues.sysctl(value) : "";
            default -> "";
        };
        if (!complaint.isEmpty()) {
            throw new FlagException("invalid argument " + quote(value) + " for " + quote(spec.display()) + " flag: " + complaint);
        }
        parsed.add(spec, value);
    }

    private static String listComplaint(FlagSpec spec, String value) {
        return switch (spec.name()) {
            case "add-host" -> ListValues.extraHost(value);
            case "tag" -> Reference.parse(value).isPresent() ? "" : Reference.complaint(value);
            case "dns" -> ListValues.address(value);
            case "dns-search" -> ListValues.searchDomain(value);
            case "link" -> value.split(":", -1).length > 2 ? "bad format for links: " + value : "";
            case "env" -> value.isEmpty() || value.startsWith("=") ? "invalid environment variable: " + value : "";
            default -> "";
        };
    }

    private static boolean isBoolean(String value) {
        return List.of("1", "t", "T", "TRUE", "true", "True", "0", "f", "F", "FALSE", "false", "False").contains(value);
    }

    private static String integer(String value) {
        return value.matches("[+-]?\\d{1,18}") ? "" : "strconv.ParseInt: parsing " + quote(value) + ": invalid syntax";
    }

    private static String quote(String text) {
        return '"' + text + '"';
    }
}
