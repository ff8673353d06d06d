package dev.vethlab.engine.command.net.tcpdump.print;

import java.util.List;

/** {@code txtproto_print} of {@code netdissect} for HTTP: the first line, or with {@code -v} all lines. */
final class HttpPrinter {
    private static final List<String> METHODS = List.of(
            "GET", "PUT", "COPY", "HEAD", "LOCK", "MOVE", "POLL", "POST", "TRACE", "LABEL", "MERGE", "DELETE", "SEARCH", "UNLOCK", "REPORT",
            "UPDATE", "NOTIFY", "CONNECT", "OPTIONS", "PROPFIND", "PROPPATCH", "MKCOL", "SUBSCRIBE", "UNSUBSCRIBE");

    private HttpPrinter() {}

    static void print(Printing out, Octets data) {
        out.print("HTTP");
        if (!isStart(data.bytes().text())) {
            return;
        }
        if (out.options().verbosity() == 0) {
            line(out, ": ", 0, data);
            return;
        }
        out.print(", length: " + data.length());
        for (int at = 0; at < data.length(); ) {
            at = line(out, "\n\t", at, data);
            if (at == 0) {
                return;
            }
        }
    }

    private static boolean isStart(String text) {
        String[] words = text.split("[ \t\r\n]", 3);
        return METHODS.contains(words[0]) || (words.length > 1 && words[1].matches("[1-5][0-9][0-9]"));
    }

    /** Prints a line; where the next begins, or 0 if there is no more to print. */
    private static int line(Printing out, String prefix, int start, Octets data) {
        var text = new StringBuilder();
        for (int at = start; at < data.length(); at++) {
            int c = data.u8(at);
            if (c == '\n') {
                out.print(prefix + text);
                return at + 1;
            }
            if (c == '\r') {
                if (at + 1 < data.length() && data.u8(at + 1) == '\n') {
                    out.print(prefix + text);
                    return at + 2;
                }
                return 0;
            }
            if ((c < 32 || c > 126) && c != '\t') {
                return 0;
            }
            text.append((char) c);
        }
        out.print(prefix + text + " [|http]");
        return 0;
    }
}
