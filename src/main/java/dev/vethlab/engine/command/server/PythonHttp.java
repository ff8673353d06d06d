package dev.vethlab.engine.command.server;

import dev.vethlab.engine.command.http.HttpDate;
import dev.vethlab.engine.command.http.HttpRequest;
import dev.vethlab.engine.command.http.HttpServer;
import dev.vethlab.engine.packet.Bytes;
import java.util.List;

/** How Python's {@code BaseHTTPRequestHandler} answers: HTTP/1.0, the head and the body in two writes, then the connection ends. */
final class PythonHttp {
    static final HttpServer.Timing TIMING = new HttpServer.Timing(600_000, 40_000);
    static final String VERSION = "Python/3.14.8";
    private static final String BASE = "BaseHTTP/0.6 " + VERSION;

    private static final String ERROR_PAGE = """
            <!DOCTYPE HTML>
            <html lang="en">
                <head>
                    <meta charset="utf-8">
                    <style type="text/css">
                        :root {
                            color-scheme: light dark;
                        }
                    </style>
                    <title>Error response</title>
                </head>
                <body>
                    <h1>Error response</h1>
                    <p>Error code: %d</p>
                    <p>Message: %s.</p>
                    <p>Error code explanation: %d - %s.</p>
                </body>
            </html>
            """;

    private PythonHttp() {}

    /** An answer with the fields that a handler adds, each line without its end. */
    static HttpServer.Answer answer(long now, String server, String status, List<String> fields, Bytes body) {
        var head = new StringBuilder("HTTP/1.0 " + status + "\r\nServer: " + server + "\r\nDate: " + HttpDate.header(now) + "\r\n");
        fields.forEach(field -> head.append(field).append("\r\n"));
        head.append("\r\n");
        return new HttpServer.Answer(body.isEmpty() ? List.of(Bytes.of(head.toString())) : List.of(Bytes.of(head.toString()), body), false);
    }

    /** What {@code send_error} writes; without a body for HEAD. */
    static HttpServer.Answer error(long now, String server, HttpRequest request, int code, String message, String explanation) {
        String page = String.format(java.util.Locale.ROOT, ERROR_PAGE, code, escape(message), code, explanation);
        Bytes body = Bytes.of(page);
        List<String> fields = List.of("Connection: close", "Content-Type: text/html;charset=utf-8", "Content-Length: " + body.length());
        return answer(now, server, code + " " + message, fields, request.method().equals("HEAD") ? Bytes.EMPTY : body);
    }

    static HttpServer.Answer unsupportedMethod(long now, String server, HttpRequest request) {
        return error(now, server, request, 501, "Unsupported method ('" + request.method() + "')",
                "Server does not support this operation");
    }

    /** A server that answers every GET with one text. */
    static HttpServer.Answer text(long now, HttpRequest request, String text) {
        if (!request.method().equals("GET")) {
            return unsupportedMethod(now, BASE, request);
        }
        Bytes body = Bytes.of(text);
        return answer(now, BASE, "200 OK", List.of("Content-Length: " + body.length()), body);
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
