package dev.vethlab.engine.command.net.iperf;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a test is to be, as the client tells the server ({@code send_parameters}).
 *
 * @param seconds 0 if {@code bytes} or {@code blocks} end it
 * @param length of a block, in bytes
 * @param rate bits a second; 0 for as fast as it goes
 * @param reverse whether the server sends
 */
record Terms(boolean udp, int seconds, long bytes, long blocks, int parallel, int length, long rate, boolean reverse, int tos,
        boolean noDelay) {
    String json() {
        return String.format(Locale.ROOT, "{\"%s\":true,\"omit\":0,\"time\":%d,\"num\":%d,\"blockcount\":%d,\"parallel\":%d%s%s,\"len\":%d,"
                + "\"bandwidth\":%d,\"TOS\":%d,\"pacing_timer\":1000,\"client_version\":\"3.22\"}", udp ? "udp" : "tcp", seconds, bytes,
                blocks, parallel, reverse ? ",\"reverse\":true" : "", noDelay ? ",\"nodelay\":true" : "", length, rate, tos);
    }

    /** What somebody sent. @throws IperfException if it is no test that a client of this program asks for */
    static Terms parse(String json) throws IperfException {
        try {
            var terms = new Terms(json.contains("\"udp\":true"), (int) number(json, "time"), number(json, "num"),
                    number(json, "blockcount"), (int) number(json, "parallel"), (int) number(json, "len"), number(json, "bandwidth"),
                    json.contains("\"reverse\":true"), (int) number(json, "TOS"), json.contains("\"nodelay\":true"));
            if (terms.isBounded()) {
                return terms;
            }
        } catch (NumberFormatException e) {
            // nor is a number that no computer holds
        }
        throw IperfException.error("unable to receive parameters from client");
    }

    private boolean isBounded() {
        return parallel >= 1 && parallel <= IperfOptions.MAX_STREAMS
                && length >= (udp ? IperfOptions.MIN_UDP_BLOCK : 1)
                && length <= (udp ? IperfOptions.MAX_UDP_BLOCK : IperfOptions.MAX_TCP_BLOCK)
                && tos >= 0 && tos <= IperfOptions.MAX_TOS;
    }

    /** Whether so much is all that was to be sent; never if time ends the test. */
    boolean isReached(long sentBytes, long sentBlocks) {
        return bytes > 0 && sentBytes >= bytes || blocks > 0 && sentBlocks >= blocks;
    }

    private static long number(String json, String key) {
        Matcher found = Pattern.compile("\"" + key + "\":(\\d+)").matcher(json);
        return found.find() ? Long.parseLong(found.group(1)) : 0;
    }
}
