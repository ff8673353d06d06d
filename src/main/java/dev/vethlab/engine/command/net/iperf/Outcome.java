package dev.vethlab.engine.command.net.iperf;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What one end of a stream counted, as it tells the other ({@code send_results}).
 *
 * @param jitter in seconds (RFC 3550 §6.4.1)
 * @param seconds from the beginning to the end
 */
record Outcome(int id, long bytes, long retransmits, double jitter, long lost, long packets, double seconds) {
    private static final Pattern STREAM = Pattern.compile("\\{\"id\":(\\d+),\"bytes\":(\\d+),\"retransmits\":(-?\\d+),"
            + "\"jitter\":([\\d.E-]+),\"errors\":(\\d+),\"packets\":(\\d+),\"start_time\":0,\"end_time\":([\\d.E-]+)\\}");

    static String json(List<Outcome> outcomes) {
        var streams = new ArrayList<String>();
        for (Outcome outcome : outcomes) {
            streams.add(String.format(Locale.ROOT, "{\"id\":%d,\"bytes\":%d,\"retransmits\":%d,\"jitter\":%s,\"errors\":%d,\"packets\":%d,"
                    + "\"start_time\":0,\"end_time\":%s}", outcome.id, outcome.bytes, outcome.retransmits, outcome.jitter, outcome.lost,
                    outcome.packets, outcome.seconds));
        }
        return "{\"cpu_util_total\":0,\"cpu_util_user\":0,\"cpu_util_system\":0,\"sender_has_retransmits\":1,\"streams\":["
                + String.join(",", streams) + "]}";
    }

    /** Several streams as one: its jitter is the mean of theirs. */
    static Outcome sum(List<Outcome> outcomes) {
        long bytes = 0;
        long retransmits = 0;
        long packets = 0;
        long lost = 0;
        double jitter = 0;
        for (Outcome each : outcomes) {
            bytes += each.bytes;
            retransmits += each.retransmits;
            packets += each.packets;
            lost += each.lost;
            jitter += each.jitter / outcomes.size();
        }
        return new Outcome(0, bytes, retransmits, jitter, lost, packets, outcomes.getFirst().seconds);
    }

    /** What the other end sent. @throws IperfException if those are no results */
    static List<Outcome> parse(String json) throws IperfException {
        try {
            return read(json);
        } catch (NumberFormatException e) {
            throw IperfException.error("unable to receive results");
        }
    }

    private static List<Outcome> read(String json) {
        var outcomes = new ArrayList<Outcome>();
        Matcher stream = STREAM.matcher(json);
        while (stream.find()) {
            outcomes.add(new Outcome(Integer.parseInt(stream.group(1)), Long.parseLong(stream.group(2)), Long.parseLong(stream.group(3)),
                    Double.parseDouble(stream.group(4)), Long.parseLong(stream.group(5)), Long.parseLong(stream.group(6)),
                    Double.parseDouble(stream.group(7))));
        }
        return outcomes;
    }
}
