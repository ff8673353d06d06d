package dev.vethlab.engine.command.server;

import dev.vethlab.engine.command.http.HttpServer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A request line as nginx reads it ({@code ngx_http_parse_request_line}).
 *
 * @param error the status that it is answered with at once; empty if it is well-formed
 * @param version {@code 0.9} for a line without one
 */
record NginxLine(String error, String method, String path, String version) {
    static final String BAD = "400 Bad Request";

    /** Upper case, as all methods that nginx takes; a path, or a URI with a host; and maybe a version. */
    private static final Pattern LINE = Pattern.compile("([A-Z_-]+) +(?:[a-zA-Z]+://([^/ ?]*))?(/[^ ]*)?(?: +HTTP/(\\d{1,3})\\.(\\d{1,3}))? *");

    static NginxLine of(String line) {
        Matcher parts = LINE.matcher(line);
        if (!parts.matches() || parts.group(2) == null && parts.group(3) == null) {
            return new NginxLine(BAD, "", "", "");
        }
        if (parts.group(4) != null && Integer.parseInt(parts.group(4)) != 1) {
            return new NginxLine("505 HTTP Version Not Supported", "", "", "");
        }
        String path = parts.group(3) == null ? "/" : parts.group(3).split("\\?", 2)[0];
        String version = parts.group(4) == null ? "0.9" : parts.group(4) + "." + parts.group(5);
        return new NginxLine(climbs(path) ? BAD : "", parts.group(1), path, version);
    }

    /** Whether it leads above the root. */
    private static boolean climbs(String path) {
        int depth = 0;
        for (String part : path.split("/")) {
            depth += part.equals("..") ? -1 : part.isEmpty() || part.equals(".") ? 0 : 1;
            if (depth < 0) {
                return true;
            }
        }
        return false;
    }

    /** How much of a request that begins so there is to read. */
    HttpServer.Extent extent() {
        return error.isEmpty() && !isBare() ? HttpServer.Extent.HEAD : HttpServer.Extent.LINE;
    }

    /** Whether the answer has no head. */
    boolean isBare() {
        return version.equals("0.9");
    }
}
