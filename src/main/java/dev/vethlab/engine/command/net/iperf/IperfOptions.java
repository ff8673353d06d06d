package dev.vethlab.engine.command.net.iperf;

import dev.vethlab.engine.command.net.Getopt;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The command line of {@code iperf3} ({@code iperf_parse_arguments}). */
final class IperfOptions {
    private static final int MAX_TIME = 86_400;
    static final int MAX_STREAMS = 128;
    static final int MAX_TCP_BLOCK = 1 << 20;
    static final int MIN_UDP_BLOCK = 16;
    static final int MAX_UDP_BLOCK = 65_507;
    static final int MAX_TOS = 255;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final long UDP_RATE = 1_048_576;
    private static final String SHORTS = "p:f:i:D1VJvsc:ub:t:n:k:l:P:Rw:B:M:N46S:L:ZO:F:A:T:C:dI:hX:m";
    private static final String[] LONGS = {"port:=p", "format:=f", "interval:=i", "daemon=D", "one-off=1", "verbose=V", "json=J",
        "version=v", "server=s", "client:=c", "udp=u", "bitrate:=b", "bandwidth:=b", "time:=t", "bytes:=n", "blockcount:=k",
        "length:=l", "parallel:=P", "reverse=R", "bidir", "window:=w", "bind:=B", "set-mss:=M", "no-delay=N", "version4=4",
        "version6=6", "tos:=S", "flowlabel:=L", "zerocopy=Z", "omit:=O", "file:=F", "affinity:=A", "title:=T", "congestion:=C",
        "debug=d", "pidfile:=I", "help=h", "logfile:", "forceflush", "get-server-output", "connect-timeout:", "cport:",
        "repeating-payload", "json-stream", "dscp:", "rcv-timeout:", "snd-timeout:", "fq-rate:", "pacing-timer:", "sctp",
        "udp-counters-64bit", "dont-fragment", "idle-timeout:", "bind-dev:", "timestamps"};

    boolean server;
    @Nullable String host;
    boolean daemon;
    boolean oneOff;
    boolean help;
    boolean version;
    boolean noDelay;
    boolean reverse;
    boolean udp;
    int port = 5201;
    int tos;
    /** A letter of {@code -f}, or 0 for what fits. */
    char format;
    /** Nanoseconds; 0 for no reports on the way. */
    long interval = NANOS_PER_SECOND;
    int seconds = 10;
    long bytes;
    long blocks;
    int length;
    /** Bits a second; 0 for as fast as it goes. */
    long rate = -1;
    int parallel = 1;
    private boolean timed;
    private @Nullable String clientOnly;
    private @Nullable String serverOnly;

    /** What cannot be emulated, or null. */
    @Nullable String unsupported;

    static IperfOptions parse(List<String> argv) throws IperfException {
        Getopt given = Getopt.parse(argv, SHORTS, LONGS);
        var result = new IperfOptions();
        for (Getopt.Option option : given.options()) {
            result.take(option.name(), option.value());
        }
        if (given.error() != null) {
            throw IperfException.option(given.error());
        }
        if (!result.help && !result.version) {
            result.check();
        }
        return result;
    }

    private void take(String name, String value) throws IperfException {
        switch (name) {
            case "p" -> {
                port = number(value);
                if (port < 1 || port > 65_535) {
                    throw IperfException.parameter("port number must be between 1 and 65535 inclusive");
                }
            }
            case "f" -> format = format(value);
            case "i" -> interval = interval(value);
            case "D" -> {
                daemon = true;
                serverOnly = name;
            }
            case "1" -> {
                oneOff = true;
                serverOnly = name;
            }
            case "s", "c" -> role(name, value);
            case "v" -> version = true;
            case "h" -> help = true;
            case "4", "Z", "forceflush", "repeating-payload", "d" -> {}
            default -> takeForClient(name, value);
        }
    }

    private void role(String name, String value) throws IperfException {
        if (name.equals("s") ? host != null : server) {
            throw IperfException.parameter("cannot be both server and client");
        }
        if (name.equals("s")) {
            server = true;
        } else {
            host = value;
        }
    }

    private void takeForClient(String name, String value) throws IperfException {
        clientOnly = name;
        switch (name) {
            case "u" -> udp = true;
            case "b" -> rate = (long) unit(value.split("/", 2)[0], 1000);
            case "t" -> {
                seconds = number(value);
                timed = true;
                if (seconds < 0 || seconds > MAX_TIME) {
                    throw IperfException.parameter("test duration valid values are 0 to " + MAX_TIME + " seconds");
                }
            }
            case "n" -> bytes = (long) unit(value, 1024);
            case "k" -> blocks = (long) unit(value, 1024);
            case "l" -> length = (int) unit(value, 1024);
            case "P" -> {
                parallel = number(value);
                if (parallel < 1 || parallel > MAX_STREAMS) {
                    throw IperfException.parameter("invalid number of parallel streams (min = 1, max = " + MAX_STREAMS + ")");
                }
            }
            case "R" -> reverse = true;
            case "N" -> noDelay = true;
            case "S" -> tos = tos(value);
            default -> unsupported = "iperf3: " + (name.length() == 1 ? "-" : "--") + name + " is not emulated";
        }
    }

    private void check() throws IperfException {
        if (!server && host == null) {
            throw IperfException.parameter("must either be a client (-c) or server (-s)");
        }
        if (server && clientOnly != null) {
            throw IperfException.parameter("some option you are trying to set is client only");
        }
        if (!server && serverOnly != null) {
            throw IperfException.parameter("some option you are trying to set is server only");
        }
        int ends = (timed ? 1 : 0) + (bytes > 0 ? 1 : 0) + (blocks > 0 ? 1 : 0);
        if (ends > 1) {
            throw IperfException.parameter("only one test end condition (-t, -n, -k) may be specified");
        }
        if (bytes > 0 || blocks > 0) {
            seconds = 0;
        }
        if (length < 0 || length > MAX_TCP_BLOCK) {
            throw IperfException.parameter("block size too large (maximum = " + MAX_TCP_BLOCK + " bytes)");
        }
        if (udp && length != 0 && (length < MIN_UDP_BLOCK || length > MAX_UDP_BLOCK)) {
            throw IperfException.parameter("block size invalid (minimum = " + MIN_UDP_BLOCK + " bytes, maximum = " + MAX_UDP_BLOCK
                    + " bytes)");
        }
        if (rate < 0) {
            rate = udp ? UDP_RATE : 0;
        }
    }

    private static char format(String value) throws IperfException {
        if (value.isEmpty() || "kmgtKMGT".indexOf(value.charAt(0)) < 0) {
            throw IperfException.parameter("bad format specifier (valid formats are in the set [kmgtKMGT])");
        }
        return value.charAt(0);
    }

    private static long interval(String value) throws IperfException {
        double seconds = real(value);
        if (seconds != 0 && (seconds < 0.1 || seconds > 60)) {
            throw IperfException.parameter("invalid report interval (min = 0.1, max = 60 seconds)");
        }
        return Math.round(seconds * NANOS_PER_SECOND);
    }

    private static int tos(String value) throws IperfException {
        try {
            int tos = Integer.decode(value);
            if (tos >= 0 && tos <= MAX_TOS) {
                return tos;
            }
        } catch (NumberFormatException e) {
            // as wrong as one that is out of range
        }
        throw IperfException.parameter("bad TOS value (must be between 0 and " + MAX_TOS + " inclusive)");
    }

    /** {@code atoi}. */
    private static int number(String text) {
        return (int) real(text);
    }

    /** {@code atof}: what is no number is 0. */
    private static double real(String text) {
        int end = 0;
        while (end < text.length() && ("0123456789.".indexOf(text.charAt(end)) >= 0 || end == 0 && text.charAt(0) == '-')) {
            end++;
        }
        try {
            return Double.parseDouble(text.substring(0, end));
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /** A number with a suffix: K, M, G and T are powers of {@code base} ({@code unit_atof}). */
    private static double unit(String text, int base) throws IperfException {
        String digits = text.replaceAll("[^0-9.].*$", "");
        String suffix = text.substring(digits.length());
        int power = suffix.length() > 1 ? -1 : "kmgt".indexOf(suffix.toLowerCase(java.util.Locale.ROOT));
        if (digits.isEmpty() || power < 0) {
            throw IperfException.parameter("invalid unit value or suffix: '" + text + "'");
        }
        return real(digits) * (suffix.isEmpty() ? 1 : Math.pow(base, power + 1));
    }
}
