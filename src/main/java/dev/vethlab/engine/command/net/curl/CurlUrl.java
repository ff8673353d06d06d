package dev.vethlab.engine.command.net.curl;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A URL as curl takes it apart.
 *
 * @param target path and query
 * @param userInfo empty if none
 */
record CurlUrl(String scheme, String userInfo, String host, int port, String target, boolean portGiven) {
    private static final Map<String, Integer> PORTS = new TreeMap<>();

    static {
        Object[] known = {"file", 0, "http", 80, "https", 443, "ftp", 21, "ftps", 990, "telnet", 23, "dict", 2628, "gopher", 70,
            "imap", 143, "imaps", 993, "ldap", 389, "ldaps", 636, "mqtt", 1883, "pop3", 110, "pop3s", 995, "rtsp", 554, "scp", 22,
            "sftp", 22, "smtp", 25, "smtps", 465, "tftp", 69, "ws", 80, "wss", 443};
        for (int i = 0; i < known.length; i += 2) {
            PORTS.put((String) known[i], (Integer) known[i + 1]);
        }
    }

    /** @throws CurlFailure what curl says about a URL that is none */
    static CurlUrl parse(String text) throws CurlFailure {
        String rest = text.split("#", 2)[0];
        String scheme = "http";
        int mark = rest.indexOf("://");
        if (mark > 0 && rest.substring(0, mark).matches("[a-zA-Z][a-zA-Z0-9+.-]*")) {
            scheme = rest.substring(0, mark).toLowerCase(Locale.ROOT);
            rest = rest.substring(mark + 3);
        }
        if (mark < 0 && rest.matches("https?:/[^/].*")) {
            scheme = rest.substring(0, rest.indexOf(':'));
            rest = rest.substring(rest.indexOf('/') + 1);
        }
        Integer defaultPort = PORTS.get(scheme);
        if (defaultPort == null) {
            throw new CurlFailure(CurlFailure.UNSUPPORTED_PROTOCOL, "Protocol \"" + scheme + "\" not supported");
        }
        if (rest.chars().anyMatch(c -> c <= ' ' || c == 127)) {
            throw rejected("Malformed input to a URL function");
        }
        int end = 0;
        while (end < rest.length() && rest.charAt(end) != '/' && rest.charAt(end) != '?') {
            end++;
        }
        String authority = rest.substring(0, end);
        String target = rest.substring(end);
        int at = authority.lastIndexOf('@');
        String userInfo = at < 0 ? "" : authority.substring(0, at);
        String hostPort = authority.substring(at + 1);
        int colon = hostPort.startsWith("[") ? hostPort.indexOf(':', hostPort.indexOf(']')) : hostPort.indexOf(':');
        String host = colon < 0 ? hostPort : hostPort.substring(0, colon);
        int port = defaultPort;
        String portText = colon < 0 ? "" : hostPort.substring(colon + 1);
        if (!portText.isEmpty()) {
            if (!portText.matches("\\d{1,5}") || Integer.parseInt(portText) > 65535) {
                throw rejected("Port number was not a decimal number between 0 and 65535");
            }
            port = Integer.parseInt(portText);
        }
        if (host.isEmpty() && !scheme.equals("file")) {
            throw rejected("No host present");
        }
        if (host.chars().anyMatch(c -> "\"<>\\^`{|}%!$&'()*+,;=".indexOf(c) >= 0)) {
            throw rejected("Bad hostname");
        }
        return new CurlUrl(scheme, userInfo, host, port, target.startsWith("/") ? target : "/" + target, !portText.isEmpty());
    }

    private static CurlFailure rejected(String why) {
        return new CurlFailure(CurlFailure.BAD_URL, "URL rejected: " + why);
    }

    /** Where a {@code Location} leads, seen from here. */
    CurlUrl resolve(String location) throws CurlFailure {
        if (location.contains("://")) {
            return parse(location);
        }
        String base = scheme + "://" + hostHeader();
        if (location.startsWith("//")) {
            return parse(scheme + ":" + location);
        }
        if (location.startsWith("/")) {
            return parse(base + location);
        }
        String path = target.split("\\?", 2)[0];
        return parse(base + path.substring(0, path.lastIndexOf('/') + 1) + location);
    }

    boolean isFile() {
        return scheme.equals("file");
    }

    /** The target without a query. */
    String path() {
        return target.split("\\?", 2)[0];
    }

    boolean isHttp() {
        return scheme.equals("http");
    }

    /** {@code host} or {@code host:port}, as the Host field has it. */
    String hostHeader() {
        return port == java.util.Objects.requireNonNull(PORTS.get(scheme)) ? host : host + ":" + port;
    }

    /** {@code host:port}, as messages have it. */
    String hostPort() {
        return host + ":" + port;
    }

    /** The URL as {@code %{url_effective}} shows it. */
    String text() {
        return scheme + "://" + (userInfo.isEmpty() ? "" : userInfo + "@") + (portGiven ? hostPort() : host) + target;
    }

    /** What {@code -O} calls the file. */
    String fileName() {
        String path = path();
        String name = path.substring(path.lastIndexOf('/') + 1);
        return name.isEmpty() ? "curl_response" : name;
    }
}
