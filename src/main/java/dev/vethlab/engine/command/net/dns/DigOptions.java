package dev.vethlab.engine.command.net.dns;

import dev.vethlab.engine.packet.DnsMessage;
import dev.vethlab.engine.packet.DnsType;
import dev.vethlab.engine.packet.Ipv4;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** dig's command line: names to look up, each with what was said before it and about it. */
final class DigOptions {
    private static final List<String> SECTIONS = List.of("answer", "authority", "additional", "question", "comments", "stats");
    private static final List<String> SWITCHES = List.of("aaonly", "additional", "adflag", "all", "answer", "authority", "badcookie",
            "besteffort", "cdflag", "class", "cmd", "comments", "cookie", "crypto", "defname", "dnssec", "edns", "expire", "fail",
                    "header-only",
            "https", "identify", "idn", "ignore", "keepalive", "keepopen", "mapped", "multiline", "nsid", "onesoa", "qr", "question",
                    "raflag",
            "rdflag", "recurse", "rrcomments", "search", "short", "showbadcookie", "showsearch", "split", "stats", "subnet", "tcp",
            "tls", "trace", "ttlid", "ttlunits", "unknownformat", "vc", "yaml", "zflag", "nssearch", "padding", "ednsflags",
                    "ednsnegotiation");
    private static final List<String> FOREIGN = List.of("trace", "nssearch", "https", "tls", "yaml", "multiline", "subnet", "dnssec",
            "nsid");
    private static final List<String> NUMBERS = List.of("time", "timeout", "tries", "retry", "bufsize", "ndots", "domain");

    final List<Lookup> lookups = new ArrayList<>();
    final List<String> warnings = new ArrayList<>();
    @Nullable String invalid;
    @Nullable String unsupported;
    boolean version;

    /**
     * One question.
     *
     * @param name without the final dot
     * @param server empty for those of {@code /etc/resolv.conf}
     */
    record Lookup(String name, int type, String server, int port, int source, Map<String, String> settings) {
        /** A setting that was turned on, or with {@code no} before it turned off. */
        boolean has(String setting) {
            return settings.containsKey(setting);
        }

        int number(String setting, int otherwise) {
            String value = settings.get(setting);
            return value == null || !value.matches("\\d{1,6}") ? otherwise : Math.max(1, Integer.parseInt(value));
        }

        boolean isShort() {
            return has("short");
        }

        /** Whether a part of the output is wanted. */
        boolean shows(String part) {
            return !has("no" + part);
        }
    }

    private final Map<String, String> settings = new TreeMap<>();
    private @Nullable String name;
    private int type = DnsType.A;
    private boolean typeGiven;
    private String server = "";
    private int port = DnsMessage.PORT;
    private int source;

    static DigOptions parse(List<String> words) {
        var result = new DigOptions();
        for (int at = 0; at < words.size() && result.invalid == null; at++) {
            at = result.take(words, at);
        }
        result.finishLookup();
        if (result.lookups.isEmpty()) {
            result.name = "";
            result.type = result.typeGiven ? result.type : DnsType.NS;
            result.finishLookup();
        }
        return result;
    }

    private int take(List<String> words, int at) {
        String word = words.get(at);
        if (word.startsWith("@")) {
            server = word.substring(1);
            return at;
        }
        if (word.startsWith("+")) {
            setting(word);
            return at;
        }
        if (word.length() > 1 && word.startsWith("-")) {
            return option(words, at, word);
        }
        OptionalInt number = DnsType.number(word);
        if (number.isPresent() && !typeGiven) {
            type = number.getAsInt();
            typeGiven = true;
        } else if (!word.equalsIgnoreCase("IN")) {
            begin(word);
        }
        return at;
    }

    private void begin(String wanted) {
        boolean another = name != null;
        finishLookup();
        if (another) {
            type = DnsType.A;
            typeGiven = false;
        }
        name = wanted.endsWith(".") ? wanted.substring(0, wanted.length() - 1) : wanted;
    }

    private int option(List<String> words, int at, String word) {
        char letter = word.charAt(1);
        switch (letter) {
            case '4', 'r', 'u', 'm' -> {
                return at;
            }
            case 'v' -> {
                version = true;
                return at;
            }
            case '6', 'f', 'k', 'y', 'h' -> {
                unsupported = "dig: -" + letter + " is not emulated";
                return at;
            }
            case 'x', 't', 'q', 'p', 'b', 'c' -> {}
            default -> {
                invalid = word;
                return at;
            }
        }
        boolean attached = word.length() > 2;
        if (!attached && at + 1 >= words.size()) {
            invalid = word;
            return at;
        }
        value(letter, attached ? word.substring(2) : words.get(at + 1), word);
        return attached ? at : at + 1;
    }

    private void value(char letter, String value, String word) {
        switch (letter) {
            case 'q' -> begin(value);
            case 'x' -> {
                OptionalInt address = Ipv4.parse(value);
                if (address.isEmpty() && !value.matches("[0-9]+(\\.[0-9]+)*")) {
                    unsupported = "dig: -x " + value + " is not emulated";
                    return;
                }
                begin(address.isPresent() ? DnsMessage.reverseName(address.getAsInt())
                        : String.join(".", List.of(value.split("\\.")).reversed()) + ".in-addr.arpa");
                type = DnsType.PTR;
                typeGiven = true;
            }
            case 't' -> {
                OptionalInt number = DnsType.number(value);
                if (value.toLowerCase(Locale.ROOT).startsWith("ixfr=") || value.equalsIgnoreCase("axfr")) {
                    unsupported = "dig: -t " + value + " is not emulated";
                } else if (number.isEmpty()) {
                    warnings.add(";; Warning, ignoring invalid type " + value);
                } else {
                    if (typeGiven) {
                        warnings.add(";; Warning, extra type option");
                    }
                    type = number.getAsInt();
                    typeGiven = true;
                }
            }
            case 'c' -> {
                if (List.of("CH", "HS", "ANY").contains(value.toUpperCase(Locale.ROOT))) {
                    unsupported = "dig: -c " + value + " is not emulated";
                } else if (!value.equalsIgnoreCase("IN")) {
                    warnings.add(";; Warning, ignoring invalid class " + value);
                }
            }
            case 'p' -> port = value.matches("\\d{1,5}") ? Integer.parseInt(value) : port;
            case 'b' -> source = Ipv4.parse(value.split("#")[0]).orElse(0);
            default -> {}
        }
    }

    private void setting(String word) {
        String[] parts = word.substring(1).toLowerCase(Locale.ROOT).split("=", 2);
        boolean off = parts[0].startsWith("no") && !parts[0].equals("notfound");
        String given = off ? parts[0].substring(2) : parts[0];
        if (NUMBERS.contains(given) && !off) {
            String value = parts.length > 1 ? parts[1] : "";
            if (value.isEmpty()) {
                invalid = word;
                return;
            }
            String number = given.equals("retry") && value.matches("\\d{1,4}") ? Integer.toString(Integer.parseInt(value) + 1) : value;
            settings.put(given.equals("retry") ? "tries" : given.equals("timeout") ? "time" : given, number);
            return;
        }
        List<String> matches = SWITCHES.stream().filter(name -> name.startsWith(given)).toList();
        String full = SWITCHES.contains(given) ? given : matches.size() == 1 ? matches.getFirst() : given.equals("rec") ? "recurse" : "";
        if (full.isEmpty()) {
            invalid = word;
            return;
        }
        if (FOREIGN.contains(full) && !off) {
            unsupported = "dig: +" + full + " is not emulated";
        }
        if (full.equals("all")) {
            SECTIONS.forEach(section -> turn(section, off));
            turn("all", off);
        } else {
            turn(full.equals("vc") ? "tcp" : full.equals("rdflag") ? "recurse" : full, off);
        }
    }

    private void turn(String setting, boolean off) {
        settings.remove(off ? setting : "no" + setting);
        settings.put(off ? "no" + setting : setting, "");
    }

    private void finishLookup() {
        if (name != null) {
            lookups.add(new Lookup(name, type, server, port, source, settings));
            name = null;
        }
    }
}
