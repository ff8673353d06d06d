package dev.vethlab.engine.command.net.iperf;

import dev.vethlab.engine.process.EmulatedProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What {@code iperf3} prints ({@code iperf_locale.c}). Into a pipe or a file it comes in one piece when the test is over. */
final class Report {
    private static final String RULE = "- - - - - - - - - - - - - - - - - - - - - - - - -\n";

    private final EmulatedProcess self;
    private final char format;
    private final StringBuilder buffer = new StringBuilder();

    Report(EmulatedProcess self, char format) {
        this.self = self;
        this.format = format;
    }

    /** One or more whole lines. */
    void print(String lines) {
        buffer.append(lines);
        if (self.descriptor(1).isTerminal()) {
            flush();
        }
    }

    void flush() {
        self.print(buffer.toString());
        buffer.setLength(0);
    }

    /** The heading of the intervals; over several TCP streams it is always the sender's. */
    void heading(Terms terms, boolean sending) {
        boolean window = sending || (terms.reverse() && terms.parallel() > 1);
        String columns = terms.udp()
                ? sending ? "         Total Datagrams" : "         Jitter    Lost/Total Datagrams"
                : window ? "         Retr  Cwnd" : "";
        print("[ ID] Interval           Transfer     Bitrate" + columns + "\n");
    }

    void interval(Terms terms, boolean sending, List<Stream> streams, double from, double to) {
        if (streams.size() > 1 && from > 0) {
            print(RULE);
        }
        var all = new ArrayList<Outcome>();
        for (Stream stream : streams) {
            Outcome since = stream.interval(to - from);
            all.add(since);
            print(row(id(stream), from, to, since.bytes()) + tail(terms, sending, since, Units.bytes(stream.window())) + "\n");
        }
        if (streams.size() > 1) {
            Outcome sum = Outcome.sum(all);
            print(row("[SUM]", from, to, sum.bytes()) + tail(terms, sending, sum, "") + "\n");
        }
    }

    private static String tail(Terms terms, boolean sending, Outcome since, String window) {
        if (terms.udp()) {
            return sending ? "  " + since.packets() + "  " : datagrams(since);
        }
        if (!sending) {
            return "                  ";
        }
        String retransmits = String.format(Locale.ROOT, "  %3d", since.retransmits());
        return window.isEmpty() ? retransmits + "             " : retransmits + "   " + window + "       ";
    }

    private static String datagrams(Outcome counted) {
        double share = counted.packets() == 0 ? 0 : 100.0 * counted.lost() / counted.packets();
        return String.format(Locale.ROOT, "  %5.3f ms  %d/%d (%s%%)  ", counted.jitter() * 1000, counted.lost(), counted.packets(),
                percent(share));
    }

    /** {@code %.2g}. */
    private static String percent(double share) {
        if (share == 0) {
            return "0";
        }
        if (share >= 99.5) {
            return "1e+02";
        }
        String text = String.format(Locale.ROOT, share >= 9.95 ? "%.0f" : share >= 0.995 ? "%.1f" : "%.2f", share);
        return text.contains(".") ? text.replaceAll("0+$", "").replaceAll("\\.$", "") : text;
    }

    private static String id(Stream stream) {
        return String.format(Locale.ROOT, "[%3d]", stream.descriptor);
    }

    private String row(String who, double from, double to, long bytes) {
        double rate = to > from ? bytes * 8 / (to - from) : 0;
        return String.format(Locale.ROOT, "%s %6.2f-%-6.2f sec  %s  %s", who, from, to, Units.bytes(bytes), Units.rate(rate, format));
    }

    /**
     * The sums.
     *
     * @param sent what the senders counted, or empty if they have not told
     * @param received what the receivers counted, or empty
     */
    void summary(Terms terms, List<Stream> streams, List<Outcome> sent, List<Outcome> received) {
        print(RULE + "[ ID] Interval           Transfer     Bitrate"
                + (terms.udp() ? "         Jitter    Lost/Total Datagrams" : sent.isEmpty() ? "" : "         Retr") + "\n");
        for (int i = 0; i < streams.size(); i++) {
            String who = id(streams.get(i));
            total(terms, who, only(sent, i), only(received, i));
        }
        if (streams.size() > 1) {
            total(terms, "[SUM]", sent, received);
        }
    }

    private static List<Outcome> only(List<Outcome> outcomes, int index) {
        return index < outcomes.size() ? List.of(outcomes.get(index)) : List.of();
    }

    private void total(Terms terms, String who, List<Outcome> sent, List<Outcome> received) {
        if (!sent.isEmpty()) {
            Outcome sum = Outcome.sum(sent);
            String columns = terms.udp()
                    ? datagrams(new Outcome(0, 0, 0, 0, 0, sum.packets(), 0))
                    : String.format(Locale.ROOT, "  %3d", sum.retransmits()) + (who.equals("[SUM]") ? "             " : "            ");
            print(row(who, 0, sum.seconds(), sum.bytes()) + columns + "sender\n");
        }
        if (!received.isEmpty()) {
            Outcome sum = Outcome.sum(received);
            print(row(who, 0, sum.seconds(), sum.bytes()) + (terms.udp() ? datagrams(sum) : "                  ") + "receiver\n");
        }
    }
}
