package dev.vethlab.engine.command.net.socat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One address of a command line: {@code TCP-LISTEN:80,fork,bind=127.0.0.1}.
 *
 * @param given the keyword as it was written
 * @param options by name, in lower case; the empty value for those without one
 */
record SocatAddress(Kind kind, String given, List<String> parameters, Map<String, String> options) {
    enum Kind {
        STDIO(""),
        STDIN(""),
        STDOUT(""),
        TCP(":<host>:<port>"),
        TCP_LISTEN(":<port>"),
        UDP(":<host>:<port>"),
        UDP_LISTEN(":<port>"),
        UDP_SENDTO(":<host>:<port>"),
        UDP_RECVFROM(":<port>"),
        UDP_RECV(":<port>"),
        EXEC(":<command-line>"),
        SYSTEM(":<shell-command>"),
        FILE(":<filename>");

        private final String usage;

        Kind(String usage) {
            this.usage = usage;
        }

        int parameters() {
            return (int) usage.chars().filter(c -> c == ':').count();
        }

        boolean isListening() {
            return this == TCP_LISTEN || this == UDP_LISTEN || this == UDP_RECVFROM;
        }
    }

    private static final Map<String, Kind> KEYWORDS = keywords();

    /** Options that exist here; those that change nothing that shows are among them. */
    private static final List<String> OPTIONS = List.of(
            "fork", "reuseaddr", "so-reuseaddr", "reuseport", "bind", "connect-timeout", "append", "creat", "create", "rdonly",
            "wronly", "rdwr", "trunc", "excl", "nodelay", "keepalive", "so-keepalive", "backlog", "max-children", "sourceport",
            "sp", "pf", "ip4", "crnl", "crlf", "ignoreeof", "retry", "interval", "forever", "range", "stderr", "setsid", "pipes",
            "nofork", "ttl", "tos", "broadcast", "shut-none", "shut-down", "linger", "nonblock", "null-eof", "end-close");

    private static Map<String, Kind> keywords() {
        Map<String, Kind> all = new LinkedHashMap<>();
        all.put("-", Kind.STDIO);
        all.put("STDIO", Kind.STDIO);
        all.put("STDIN", Kind.STDIN);
        all.put("STDOUT", Kind.STDOUT);
        for (String family : List.of("", "4")) {
            all.put("TCP" + family, Kind.TCP);
            all.put("TCP" + family + "-CONNECT", Kind.TCP);
            all.put("TCP" + family + "-LISTEN", Kind.TCP_LISTEN);
            all.put("TCP" + family + "-L", Kind.TCP_LISTEN);
            all.put("UDP" + family, Kind.UDP);
            all.put("UDP" + family + "-CONNECT", Kind.UDP);
            all.put("UDP" + family + "-LISTEN", Kind.UDP_LISTEN);
            all.put("UDP" + family + "-L", Kind.UDP_LISTEN);
            all.put("UDP" + family + "-SENDTO", Kind.UDP_SENDTO);
            all.put("UDP" + family + "-DATAGRAM", Kind.UDP_SENDTO);
            all.put("UDP" + family + "-RECVFROM", Kind.UDP_RECVFROM);
            all.put("UDP" + family + "-RECV", Kind.UDP_RECV);
        }
        all.put("EXEC", Kind.EXEC);
        all.put("SYSTEM", Kind.SYSTEM);
        all.put("SHELL", Kind.SYSTEM);
        all.put("OPEN", Kind.FILE);
        all.put("FILE", Kind.FILE);
        all.put("CREATE", Kind.FILE);
        all.put("GOPEN", Kind.FILE);
        return all;
    }

    /** @throws SocatFailure with the words of socat if it is none */
    static SocatAddress parse(String text) throws SocatFailure {
        List<String> parts = split(text, ',');
        List<String> words = split(parts.getFirst(), ':');
        String given = words.getFirst();
        Kind kind = KEYWORDS.get(given.toUpperCase(Locale.ROOT));
        List<String> parameters = words.subList(1, words.size()).stream().map(SocatAddress::unquoted).toList();
        if (kind == null && given.contains("/")) {
            kind = Kind.FILE;
            given = "GOPEN";
            parameters = List.of(unquoted(parts.getFirst()));
        }
        if (kind == null) {
            throw new SocatFailure("E unknown device/address \"" + given + "\"");
        }
        if (parameters.size() != kind.parameters()) {
            throw new SocatFailure("E " + given + ": wrong number of parameters (" + parameters.size() + " instead of " + kind.parameters()
                    + "): usage: " + given + kind.usage);
        }
        Map<String, String> options = new LinkedHashMap<>();
        for (String option : parts.subList(1, parts.size())) {
            String[] pair = option.split("=", 2);
            String name = pair[0].toLowerCase(Locale.ROOT);
            if (!OPTIONS.contains(name)) {
                throw new SocatFailure("E parseopts_table(): unknown option \"" + pair[0] + "\"");
            }
            options.put(name, pair.length > 1 ? unquoted(pair[1]) : "");
        }
        return new SocatAddress(kind, given, parameters, options);
    }

    /** Cuts at a separator that is neither quoted nor escaped. */
    private static List<String> split(String text, char separator) {
        List<String> parts = new ArrayList<>();
        var part = new StringBuilder();
        char quote = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length()) {
                part.append(c).append(text.charAt(++i));
            } else if (quote == 0 && c == separator) {
                parts.add(part.toString());
                part.setLength(0);
            } else {
                quote = c == quote ? 0 : quote == 0 && (c == '"' || c == '\'') ? c : quote;
                part.append(c);
            }
        }
        parts.add(part.toString());
        return parts;
    }

    private static String unquoted(String text) {
        var out = new StringBuilder();
        char quote = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length()) {
                out.append(text.charAt(++i));
            } else if (c == quote || quote == 0 && (c == '"' || c == '\'')) {
                quote = quote == 0 ? c : 0;
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }

    boolean has(String option) {
        return options.containsKey(option);
    }

    @Nullable String option(String name) {
        return options.get(name);
    }

    String parameter(int index) {
        return Objects.requireNonNull(parameters.get(index));
    }

    /** The keyword and its parameters, as messages name it. */
    String text() {
        return parameters.isEmpty() ? given : given + ":" + String.join(":", parameters);
    }
}
