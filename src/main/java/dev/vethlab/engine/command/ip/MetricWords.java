package dev.vethlab.engine.command.ip;

import dev.vethlab.engine.kernel.Errno;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.kernel.route.RouteMetrics;
import dev.vethlab.engine.kernel.route.RouteMetrics.Kind;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words of {@code ip route} that say how its packets are, and how they are printed ({@code print_rta_metrics}). */
final class MetricWords {
    private static final Pattern TIME =
            Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)(s|secs?|ms|msecs?|us|usecs?|ns|nsecs?)?", Pattern.CASE_INSENSITIVE);
    private static final int ECN = 1;
    private static final int TCP_MICROSECONDS = 16;

    private final IpCall call;
    private final Map<Kind, Long> values = new EnumMap<>(Kind.class);
    private final Set<Kind> locked = EnumSet.noneOf(Kind.class);
    private String congestion = "";

    MetricWords(IpCall call) {
        this.call = call;
    }

    RouteMetrics metrics() {
        return new RouteMetrics(values, locked, congestion);
    }

    /** What the kernel says of a congestion control that it has not ({@code ip_fib_metrics_init}). */
    void check() throws KernelException {
        String known = String.valueOf(call.network().sysctls().get("net.ipv4.tcp_available_congestion_control"));
        if (!congestion.isEmpty() && !List.of(known.split(" ")).contains(congestion)) {
            throw new KernelException(Errno.EINVAL, "Unknown tcp congestion algorithm");
        }
    }

    /** Takes a word and its value; false if it is none of these. */
    boolean take(String word) {
        Arguments arguments = call.arguments();
        if (word.equals("congctl")) {
            arguments.take("lock");
            congestion = arguments.next();
            return true;
        }
        Kind kind = Arrays.stream(Kind.values()).filter(each -> name(each).equals(word)).findFirst().orElse(null);
        if (kind == null) {
            return false;
        }
        boolean lockable = kind != Kind.FEATURES && kind != Kind.QUICKACK && kind != Kind.RTO_MIN;
        if (kind == Kind.RTO_MIN || lockable && arguments.take("lock")) {
            locked.add(kind);
        }
        String value = arguments.next();
        values.put(kind, switch (kind) {
            case RTT -> time(word, value, 8);
            case RTTVAR -> time(word, value, 4);
            case RTO_MIN -> time(word, value, 1);
            case FEATURES -> features(value);
            case QUICKACK -> Arguments.number(value, 1)
                    .orElseThrow(() -> IpFailure.invalid(value, "\"quickack\" value should be 0 or 1\n"));
            case HOPLIMIT -> number("hoplimit", value, 255);
            case ADVMSS -> number("mss", value, 0xFFFFFFFFL);
            case MTU, WINDOW, SSTHRESH, CWND, REORDERING, INITCWND, INITRWND -> number(word, value, 0xFFFFFFFFL);
        });
        return true;
    }

    private static String name(Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    private static long number(String name, String value, long most) {
        return Arguments.number(value, most).orElseThrow(() -> IpFailure.invalid(value, "\"" + name + "\" value is invalid\n"));
    }

    /** Milliseconds; a number without a unit is taken as the kernel keeps it ({@code get_time_rtt}). */
    private static long time(String name, String value, int parts) {
        Matcher time = TIME.matcher(value);
        if (!time.matches()) {
            throw IpFailure.invalid(value, "\"" + name + "\" value is invalid\n");
        }
        double number = Double.parseDouble(time.group(1));
        String unit = time.group(2) == null ? "" : time.group(2).toLowerCase(Locale.ROOT);
        if (unit.isEmpty()) {
            return (long) Math.ceil(number);
        }
        double milliseconds = unit.startsWith("s") ? number * 1000
                : unit.startsWith("m") ? number
                : unit.startsWith("u") ? number / 1000 : number / 1_000_000;
        return (long) Math.ceil(milliseconds) * parts;
    }

    private long features(String first) {
        long features = 0;
        for (String word = first; true; word = call.arguments().next()) {
            switch (word) {
                case "ecn" -> features |= ECN;
                case "tcp_usec_ts" -> features |= TCP_MICROSECONDS;
                default -> throw IpFailure.invalid(word, "\"features\" value not valid\n");
            }
            boolean more = call.arguments().hasNext() && List.of("ecn", "tcp_usec_ts").contains(call.arguments().peek());
            if (!more) {
                return features;
            }
        }
    }

    // ---- printing ----

    static void print(Printer out, RouteMetrics metrics) {
        if (metrics.isEmpty()) {
            return;
        }
        out.openArray("metrics").openObject();
        metrics.values().forEach((kind, value) -> {
            String word = name(kind) + (metrics.isLocked(kind) ? " lock " : " ");
            switch (kind) {
                case FEATURES -> features(out, value);
                case RTT -> time(out, kind, word, value / 8);
                case RTTVAR -> time(out, kind, word, value / 4);
                case RTO_MIN -> time(out, kind, word, value);
                case MTU, WINDOW, SSTHRESH, CWND, ADVMSS, REORDERING, HOPLIMIT, INITCWND, INITRWND, QUICKACK ->
                        out.both(name(kind), word, value, " ");
            }
        });
        if (!metrics.congestion().isEmpty()) {
            out.json("congestion", metrics.congestion());
            out.text("congctl " + metrics.congestion() + " ");
        }
        out.closeObject().closeArray();
    }

    private static void features(Printer out, long features) {
        out.text("features ");
        for (String feature : List.of("ecn", "tcp_usec_ts")) {
            if ((features & (feature.equals("ecn") ? ECN : TCP_MICROSECONDS)) != 0) {
                out.json(feature, null);
                out.text(feature + " ");
            }
        }
    }

    private static void time(Printer out, Kind kind, String word, long milliseconds) {
        out.json(name(kind), milliseconds);
        String seconds = milliseconds % 1000 == 0 ? Long.toString(milliseconds / 1000)
                : Double.toString(milliseconds / 1000.0);
        out.text(word + (milliseconds >= 1000 ? seconds + "s" : milliseconds + "ms") + " ");
    }
}
