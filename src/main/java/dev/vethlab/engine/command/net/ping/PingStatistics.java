package dev.vethlab.engine.command.net.ping;

import java.util.Locale;

/** What ping counts and sums up; times in nanoseconds, printed from whole microseconds as ping has them. */
final class PingStatistics {
    long transmitted;
    long received;
    long errors;
    private long repeats;
    private long first = -1;
    private long last;
    private long min = Long.MAX_VALUE;
    private long max;
    private long sum;
    private long squares;
    private long timed;
    private long average;
    private int pipe;

    void sent(long now) {
        transmitted++;
        if (first < 0) {
            first = now;
        }
        last = now;
    }

    void received(long roundTrip, boolean isTimed, boolean duplicate, int sequence) {
        if (duplicate) {
            repeats++;
        } else {
            received++;
        }
        acknowledged(sequence);
        if (isTimed) {
            long micros = roundTrip / 1000;
            timed++;
            min = Math.min(min, micros);
            max = Math.max(max, micros);
            sum += micros;
            squares += micros * micros;
            average = average == 0 ? micros * 8 : average + micros - average / 8;
        }
    }

    /** Whatever came back about it, it is no longer under way. */
    void acknowledged(int sequence) {
        int behind = (int) (transmitted - sequence & 0xFFFF);
        if (behind <= 0x7FFF) {
            pipe = Math.max(pipe, behind + 1);
        }
    }

    /** The longest round trip, in nanoseconds. */
    long longest() {
        return max * 1000;
    }

    /** The lines below the heading. */
    String summary(PingOptions options) {
        var text = new StringBuilder();
        text.append(transmitted).append(" packets transmitted, ").append(received).append(" received");
        if (repeats > 0) {
            text.append(", +").append(repeats).append(" duplicates");
        }
        if (errors > 0) {
            text.append(", +").append(errors).append(" errors");
        }
        if (transmitted > 0) {
            text.append(", ").append(percent((transmitted - received) * 100.0 / transmitted)).append("% packet loss, time ")
                    .append((last - first) / 1_000_000).append("ms");
        }
        text.append('\n');
        String comma = "";
        if (received > 0 && timed > 0) {
            text.append("rtt min/avg/max/mdev = ").append(millis(min)).append('/').append(millis(sum / timed)).append('/')
                    .append(millis(max)).append('/').append(millis(deviation())).append(" ms");
            comma = ", ";
        }
        if (pipe > 1) {
            text.append(comma).append("pipe ").append(pipe);
            comma = ", ";
        }
        if (received > 0 && transmitted > 1 && (options.interval == 0 || options.flood || options.adaptive)) {
            long gap = (last - first) / 1000 / (transmitted - 1);
            text.append(comma).append("ipg/ewma ").append(millis(gap)).append('/').append(millis(average / 8)).append(" ms");
        }
        return text.append('\n').toString();
    }

    /** What SIGQUIT prints. */
    String snapshot() {
        long loss = transmitted == 0 ? 0 : (transmitted - received) * 100 / transmitted;
        String text = "\r" + received + "/" + transmitted + " packets, " + loss + "% loss";
        if (timed > 0) {
            text += ", min/avg/ewma/max = " + millis(min) + "/" + millis(sum / timed) + "/" + millis(average / 8) + "/" + millis(max)
                    + " ms";
        }
        return text;
    }

    private long deviation() {
        long mean = sum / timed;
        return (long) Math.sqrt(Math.max(0, squares / timed - mean * mean));
    }

    private static String millis(long micros) {
        String thousandths = Long.toString(1000 + micros % 1000).substring(1);
        return micros / 1000 + "." + thousandths;
    }

    /** As {@code %g} prints it: six significant digits, no trailing zeros. */
    private static String percent(double value) {
        String text = String.format(Locale.ROOT, value >= 100 ? "%.3f" : value >= 10 ? "%.4f" : "%.5f", value);
        return text.replaceAll("0+$", "").replaceAll("\\.$", "");
    }

    /** A round trip with three significant digits, or whole milliseconds from 100 on. */
    static String time(long nanos) {
        long micros = nanos / 1000;
        if (micros >= 99_950) {
            return Long.toString((micros + 500) / 1000);
        }
        if (micros >= 9_995) {
            return String.format(Locale.ROOT, "%d.%d", (micros + 50) / 1000, (micros + 50) % 1000 / 100);
        }
        if (micros >= 1_000) {
            return String.format(Locale.ROOT, "%d.%02d", (micros + 5) / 1000, (micros + 5) % 1000 / 10);
        }
        return millis(micros);
    }
}
