package dev.vethlab.engine.command.net.curl;

import dev.vethlab.engine.packet.Bytes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** curl's command line. An option is known by its long name; a letter is another spelling of one. */
final class CurlOptions {
    private static final int MAX_PORT = 65_535;
    private static final String SWITCHES = "4=ipv4 6=ipv6 0=http1.0 f=fail G=get i=show-headers I=head k=insecure L=location "
            + "N=no-buffer O=remote-name J=remote-header-name s=silent S=show-error v=verbose V=version g=globoff q=disable "
            + "Z=parallel #=progress-bar j=junk-session-cookies include http1.1 http2 fail-with-body retry-connrefused "
            + "retry-all-errors progress-meter keepalive tcp-nodelay path-as-is create-dirs next compressed location-trusted "
            + "h=help no-progress-meter no-keepalive remote-name-all";
    private static final String VALUED = "A=user-agent b=cookie d=data D=dump-header e=referer H=header m=max-time o=output u=user w=write-out "
            + "X=request data-raw data-binary data-ascii data-urlencode json connect-timeout interface resolve local-port retry retry-delay "
            + "retry-max-time max-redirs url connect-to keepalive-time noproxy output-dir happy-eyeballs-timeout-ms "
            + "T=upload-file F=form r=range x=proxy";
    /** Known to curl, but not emulated. */
    private static final String FOREIGN = "c=cookie-jar K=config z=time-cond C=continue-at E=cert "
            + "limit-rate trace trace-ascii cacert proxy-user unix-socket dns-servers stderr y=speed-time Y=speed-limit";
    private static final Set<String> NOT_EMULATED = names(FOREIGN);
    private static final Set<String> WITH_VALUE = names(VALUED + " " + FOREIGN);
    private static final Map<String, String> NAMES = new LinkedHashMap<>();
    static final String HINT = "\ncurl: try 'curl --help' or 'curl --manual' for more information";

    static {
        for (String spec : (SWITCHES + " " + VALUED + " " + FOREIGN).split(" ")) {
            int equals = spec.indexOf('=');
            if (equals > 0) {
                NAMES.put("-" + spec.charAt(0), spec.substring(equals + 1));
            }
            NAMES.put("--" + spec.substring(equals + 1), spec.substring(equals + 1));
        }
        NAMES.put("--include", "show-headers");
    }

    final List<String> urls = new ArrayList<>();
    final List<String> outputs = new ArrayList<>();
    final List<String> headers = new ArrayList<>();
    final List<String> form = new ArrayList<>();

    /** Where to connect to instead, by {@code host:port}; {@code :} for all. */
    final Map<String, String> connectTo = new LinkedHashMap<>();

    final Map<String, Integer> resolve = new LinkedHashMap<>();
    private final Map<String, String> values = new LinkedHashMap<>();
    private final List<String> switches = new ArrayList<>();
    @Nullable Bytes data;
    boolean json;

    PortRange localPorts = PortRange.ANY;

    /** An entry of {@code --resolve} that is none, or null. */
    @Nullable String badResolve;

    /** What cannot be emulated, or null. */
    @Nullable String unsupported;

    /** @throws CurlFailure with the complaint and its hint, without curl's number */
    static CurlOptions parse(List<String> argv, FileReader files) throws CurlFailure {
        var result = new CurlOptions();
        boolean onlyUrls = false;
        for (int at = 1; at < argv.size(); at++) {
            String word = argv.get(at);
            if (word.isEmpty()) {
                throw bad("option : blank argument where content is expected");
            }
            if (onlyUrls || !word.startsWith("-") || word.equals("-")) {
                result.urls.add(word);
            } else if (word.equals("--")) {
                onlyUrls = true;
            } else if (word.startsWith("--")) {
                String name = NAMES.get(word);
                if (name == null && word.startsWith("--no-") && NAMES.containsKey("--" + word.substring(5))) {
                    result.switches.remove(word.substring(5));
                } else if (name == null) {
                    throw bad("option " + word + ": is unknown");
                } else if (WITH_VALUE.contains(name)) {
                    result.take(name, value(argv, ++at, word), word, files);
                } else {
                    result.switches.add(name);
                }
            } else {
                at = result.letters(argv, at, word, files);
            }
        }
        return result;
    }

    private int letters(List<String> argv, int at, String word, FileReader files) throws CurlFailure {
        for (int i = 1; i < word.length(); i++) {
            String letter = "-" + word.charAt(i);
            String name = NAMES.get(letter);
            if (name == null) {
                throw bad("option " + word + ": is unknown");
            }
            if (WITH_VALUE.contains(name)) {
                boolean attached = i + 1 < word.length();
                take(name, attached ? word.substring(i + 1) : value(argv, at + 1, letter), letter, files);
                return attached ? at : at + 1;
            }
            switches.add(name);
        }
        return at;
    }

    /** The long names of options that are listed like above. */
    private static Set<String> names(String listed) {
        var names = new TreeSet<String>();
        for (String spec : listed.split(" ")) {
            names.add(spec.substring(spec.indexOf('=') + 1));
        }
        return names;
    }

    private static String value(List<String> argv, int at, String option) throws CurlFailure {
        if (at >= argv.size()) {
            throw bad("option " + option + ": requires parameter");
        }
        return argv.get(at);
    }

    private static CurlFailure bad(String what) {
        return new CurlFailure(CurlFailure.BAD_OPTION, what + HINT);
    }

    /** Reads what {@code @FILE} stands for. */
    @FunctionalInterface
    interface FileReader {
        Bytes read(String path) throws CurlFailure;
    }

    private void take(String name, String value, String spelling, FileReader files) throws CurlFailure {
        if (NOT_EMULATED.contains(name)) {
            unsupported = "curl: " + spelling + " is not emulated";
        }
        switch (name) {
            case "url" -> urls.add(value);
            case "output" -> outputs.add(value);
            case "header" -> headers.add(value);
            case "resolve" -> addResolve(value);
            case "connect-to" -> {
                String[] parts = value.split(":", 4);
                if (parts.length == 4) {
                    connectTo.put(parts[0].toLowerCase(java.util.Locale.ROOT) + ":" + parts[1], parts[2] + ":" + parts[3]);
                }
            }
            case "form" -> {
                if (value.indexOf('=') <= 0) {
                    throw new CurlFailure(CurlFailure.BAD_OPTION, "Illegally formatted input field\ncurl: option " + spelling
                            + ": is badly used here" + HINT);
                }
                form.add(value);
            }
            case "config" -> {
                try {
                    files.read(value);
                } catch (CurlFailure e) {
                    throw new CurlFailure(e.code, "cannot read config from '" + value + "'\ncurl: option " + spelling + ": " + e.text() + HINT);
                }
            }
            case "data", "data-ascii" -> addData(value.startsWith("@")
                    ? Bytes.of(content(files, value, spelling).text().replaceAll("[\r\n]", ""))
                    : Bytes.of(value));
            case "data-binary" -> addData(value.startsWith("@") ? content(files, value, spelling) : Bytes.of(value));
            case "data-raw" -> addData(Bytes.of(value));
            case "data-urlencode" -> addData(Bytes.of(encode(value)));
            case "json" -> {
                if (!json) {
                    headers.add("Content-Type: application/json");
                    headers.add("Accept: application/json");
                }
                json = true;
                data = (data == null ? Bytes.EMPTY : data).concat(value.startsWith("@") ? content(files, value, spelling) : Bytes.of(value));
            }
            case "max-time", "connect-timeout", "retry", "retry-delay", "max-redirs", "retry-max-time" -> {
                if (!value.matches(name.equals("max-redirs") ? "-?\\d{1,9}" : "\\d{0,9}(\\.\\d{0,9})?") || value.isEmpty()
                        || value.equals(".")) {
                    throw bad("option " + spelling + ": expected a proper numerical parameter");
                }
                values.put(name, value);
            }
            case "local-port" -> localPorts = ports(value, spelling);
            default -> values.put(name, value);
        }
    }

    /** Ports of which the first that is free is taken; {@link #ANY} leaves it to the kernel. */
    record PortRange(int first, int last) {
        static final PortRange ANY = new PortRange(0, 0);

        /** One port, or the first and the last of a range ({@code getparameter}); null if it is none. */
        static @Nullable PortRange parse(String text) {
            String[] ends = text.split("-", 2);
            String first = ends[0].strip();
            String last = ends[ends.length - 1].strip();
            if (!first.matches("\\d{1,5}") || !last.matches("\\d{1,5}")) {
                return null;
            }
            var range = new PortRange(Integer.parseInt(first), Integer.parseInt(last));
            return range.first <= range.last && range.last <= MAX_PORT ? range : null;
        }
    }

    private static PortRange ports(String value, String spelling) throws CurlFailure {
        PortRange range = PortRange.parse(value);
        if (range == null) {
            throw bad("option " + spelling + ": is badly used here");
        }
        return range;
    }

    private static Bytes content(FileReader files, String value, String spelling) throws CurlFailure {
        try {
            return files.read(value.substring(1));
        } catch (CurlFailure e) {
            String first = "Failed to open " + value.substring(1);
            throw new CurlFailure(e.code, first + "\ncurl: option " + spelling + ": " + e.text() + HINT);
        }
    }

    private void addResolve(String value) {
        String[] parts = value.replaceFirst("^[+]", "").split(":", 3);
        if (parts.length == 3) {
            dev.vethlab.engine.packet.Ipv4.parse(parts[2].split(",")[0]).ifPresent(a ->
                    resolve.put(parts[0].toLowerCase(java.util.Locale.ROOT)
                    + ":" + parts[1], a));
        } else if (!value.startsWith("-")) {
            badResolve = value;
        }
    }

    private void addData(Bytes more) {
        data = data == null ? more : data.concat(Bytes.of("&")).concat(more);
    }

    private static String encode(String value) {
        int equals = value.indexOf('=');
        String name = equals > 0 ? value.substring(0, equals + 1) : "";
        String content = value.substring(equals + 1);
        var text = new StringBuilder(name);
        for (byte b : content.getBytes(java.nio.charset.StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xFF);
            if (c < 128 && (Character.isLetterOrDigit(c) || "-._~".indexOf(c) >= 0)) {
                text.append(c);
            } else if (c == ' ') {
                text.append('+');
            } else {
                text.append(String.format(java.util.Locale.ROOT, "%%%02X", (int) c));
            }
        }
        return text.toString();
    }

    boolean has(String name) {
        return switches.contains(name);
    }

    String value(String name) {
        return values.getOrDefault(name, "");
    }

    boolean given(String name) {
        return values.containsKey(name);
    }

    /** A number of seconds in nanoseconds; 0 if not given. */
    long nanos(String name) {
        String value = value(name);
        return value.isEmpty() ? 0 : (long) (Double.parseDouble("0" + value) * 1e9);
    }

    int number(String name, int otherwise) {
        String value = value(name);
        return value.isEmpty() ? otherwise : (int) Double.parseDouble(value);
    }

    /** The method of the request. */
    String method() {
        if (given("request")) {
            return value("request");
        }
        if (has("head")) {
            return "HEAD";
        }
        if (given("upload-file")) {
            return "PUT";
        }
        return !form.isEmpty() || data != null && !has("get") ? "POST" : "GET";
    }

    boolean isSilent() {
        return has("silent");
    }
}
