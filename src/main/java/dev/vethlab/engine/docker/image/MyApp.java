package dev.vethlab.engine.docker.image;

/** What the image {@code my-app} was made for, as one reads it there; what runs is the program beside it. */
final class MyApp {
    static final String SOURCE = """
            import socket, http.server
            class H(http.server.BaseHTTPRequestHandler):
                def do_GET(self):
                    body = ("%s saw %s\\n" % (socket.gethostname(), self.client_address[0])).encode()
                    self.send_response(200); self.send_header("Content-Length", str(len(body))); self.end_headers(); self.wfile.write(body)
                def log_message(self, *a): pass
            http.server.ThreadingHTTPServer(("0.0.0.0", 5001), H).serve_forever()
            """;

    private MyApp() {}
}
