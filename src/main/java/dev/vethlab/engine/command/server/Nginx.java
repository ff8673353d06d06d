package dev.vethlab.engine.command.server;

import dev.vethlab.engine.command.http.HttpDate;
import dev.vethlab.engine.command.http.HttpRequest;
import dev.vethlab.engine.command.http.HttpServer;
import dev.vethlab.engine.command.net.Getopt;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.kernel.socket.AddressFamily;
import dev.vethlab.engine.kernel.socket.tcp.TcpListener;
import dev.vethlab.engine.packet.Bytes;
import dev.vethlab.engine.packet.Ipv4;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.Resident;
import dev.vethlab.engine.process.Signal;
import dev.vethlab.engine.process.SocketCalls;
import dev.vethlab.engine.process.file.Node;
import dev.vethlab.engine.sim.CalendarTime;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** {@code nginx} 1.30 with Debian's default site: files below {@code /var/www/html} on port 80, kept-alive connections. */
public final class Nginx {
    private static final HttpServer.Timing TIMING = new HttpServer.Timing(250_000, 60_000);
    private static final int ATTEMPTS = 5;
    private static final long BETWEEN_ATTEMPTS = 500_000_000;
    private static final int BACKLOG = 511;

    private static final int PORT = 80;
    private static final String ROOT = "/var/www/html";

    private final EmulatedProcess self;

    private Nginx(EmulatedProcess self) {
        this.self = self;
    }

    public static void start(EmulatedProcess self) {
        Getopt options = Getopt.parse(self.arguments(), "+?hvVtTqs:p:e:c:g:");
        if (options.error() != null) {
            ServerOutput.error(self, options.error().replace("invalid option -- '", "invalid option: \"").replaceAll("'$", "\""));
            self.exit(1);
        } else if (options.has("v")) {
            ServerOutput.error(self, "nginx version: nginx/1.30.6");
            self.exit(0);
        } else if (options.has("t")) {
            ServerOutput.error(self, "nginx: the configuration file /etc/nginx/nginx.conf syntax is ok");
            ServerOutput.error(self, "nginx: configuration file /etc/nginx/nginx.conf test is successful");
            self.exit(0);
        } else if (options.has("s")) {
            self.exit(NginxMaster.signal(self, String.valueOf(options.value("s"))));
        } else if (options.has("c") || options.has("V") || options.has("h")) {
            ServerOutput.error(self, "vethlab: nginx: only its start with the default configuration is emulated");
            self.exit(95);
        } else if (String.valueOf(options.value("g")).contains("daemon off")) {
            new Nginx(self).serve();
        } else {
            // it becomes a daemon: the one that was called ends at once
            self.spawn((Resident) daemon -> new Nginx(daemon).serve(), self.arguments());
            self.exit(0);
        }
    }

    private void serve() {
        self.onSignal(Signal.QUIT, this::end);
        self.onSignal(Signal.TERM, this::end);
        self.onSignal(Signal.INT, this::end);
        if (NginxMaster.prepare(self)) {
            listen(1);
        } else {
            self.exit(1);
        }
    }

    /** What it wrote its number to goes with it ({@code ngx_master_process_exit}). */
    private void end() {
        NginxMaster.forget(self);
        self.exit(0);
    }

    /** {@code ngx_open_listening_sockets}: what is in use may soon be free. */
    private void listen(int attempt) {
        TcpListener four = bind(AddressFamily.INET, "0.0.0.0:" + PORT, 5);
        TcpListener six = bind(AddressFamily.INET6_ONLY, "[::]:" + PORT, 6);
        if (four != null && six != null) {
            HttpServer.byFirstLine(self, TIMING, this::begin).serve(four);
            NginxMaster.begin(self, List.of(four, six));
            return;
        }
        for (TcpListener one : new TcpListener[] {four, six}) {
            if (one != null) {
                one.close();
            }
        }
        if (attempt < ATTEMPTS) {
            self.simulation().schedule(BETWEEN_ATTEMPTS, () -> self.whenRunning(() -> listen(attempt + 1)));
        } else {
            self.simulation().schedule(BETWEEN_ATTEMPTS, () -> self.whenRunning(() -> {
                NginxMaster.log(self, "emerg", "still could not bind()");
                self.exit(1);
            }));
        }
    }

    private @Nullable TcpListener bind(AddressFamily family, String name, int descriptor) {
        try {
            TcpListener listener = SocketCalls.listen(self, family, Ipv4.ANY, PORT, BACKLOG);
            listener.setOwner(listener.owner().withDescriptor(descriptor));
            return listener;
        } catch (KernelException e) {
            NginxMaster.log(self, "emerg", "bind() to " + name + " failed (" + e.errno().number() + ": " + e.errno().message() + ")");
            return null;
        }
    }

    /** Empty lines before a request are passed over. */
    private HttpServer.Opening begin(String line) {
        NginxLine read = NginxLine.of(line);
        return new HttpServer.Opening(
                line.isEmpty() ? HttpServer.Extent.SKIPPED : read.extent(), request -> answer(new Asked(read, request)));
    }

    /** A request and its first line, as they were read. */
    private record Asked(NginxLine line, HttpRequest request) {
        @Nullable String field(String name) {
            return request.head().field(name);
        }

        /** The host as the client named it. */
        String host() {
            String host = field("Host");
            return host == null ? Ipv4.text(request.localAddress()) : host;
        }
    }

    private HttpServer.Answer answer(Asked asked) {
        NginxLine line = asked.line();
        if (!line.error().isEmpty() || line.version().equals("1.1") && asked.field("Host") == null) {
            return error(asked, line.error().isEmpty() ? NginxLine.BAD : line.error(), false);
        }
        boolean keepAlive = asked.request().keepsAlive();
        String path = line.path();
        if (!line.method().equals("GET") && !line.method().equals("HEAD")) {
            return error(asked, "405 Not Allowed", keepAlive);
        }
        String file = path.endsWith("/") ? index(path) : path;
        try {
            Node node = self.context().files().stat(self, ROOT + file);
            if (node.isDirectory()) {
                return error(asked, path.endsWith("/") ? "403 Forbidden" : "301 Moved Permanently", keepAlive);
            }
            return page(asked, self.context().files().readAll(self, ROOT + file), node.modified(), file, keepAlive);
        } catch (KernelException e) {
            boolean listing = path.endsWith("/") && self.context().files().isDirectory(self, ROOT + path);
            return error(asked, listing ? "403 Forbidden" : "404 Not Found", keepAlive);
        }
    }

    private String index(String path) {
        for (String name : List.of("index.html", "index.htm", "index.nginx-debian.html")) {
            if (self.context().files().exists(self, ROOT + path + name)) {
                return path + name;
            }
        }
        return path;
    }

    private HttpServer.Answer page(Asked asked, Bytes body, long modified, String file, boolean keepAlive) {
        String tag = Long.toHexString(CalendarTime.seconds(modified)) + "-" + Integer.toHexString(body.length());
        ByteRange range = ByteRange.of(asked.field("Range"), body.length());
        if (range == ByteRange.NONE) {
            return error(asked, "416 Requested Range Not Satisfiable", "Content-Range: bytes */" + body.length() + "\r\n", keepAlive);
        }
        Bytes part = range == null ? body : body.slice(range.from(), range.to());
        String head = "HTTP/1.1 " + (range == null ? "200 OK" : "206 Partial Content") + "\r\nServer: nginx\r\nDate: "
                + HttpDate.header(self.now()) + "\r\nContent-Type: " + type(file) + "\r\nContent-Length: " + part.length()
                + "\r\nLast-Modified: " + HttpDate.header(modified) + "\r\nConnection: " + (keepAlive ? "keep-alive" : "close") + "\r\nETag: \"" + tag
                + "\"\r\n" + (range == null ? "Accept-Ranges: bytes" : "Content-Range: " + range.header(body.length())) + "\r\n\r\n";
        return send(asked, range == null ? "200" : "206", Bytes.of(head), part, keepAlive);
    }

    private HttpServer.Answer error(Asked asked, String status, boolean keepAlive) {
        String location = status.startsWith("301")
                ? "Location: http://" + asked.host() + asked.request().path() + "/\r\n"
                : "";
        return error(asked, status, location, keepAlive);
    }

    private HttpServer.Answer error(Asked asked, String status, String field, boolean keepAlive) {
        String page = "<html>\r\n<head><title>" + status + "</title></head>\r\n<body>\r\n<center><h1>" + status
                + "</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n";
        String head = "HTTP/1.1 " + status + "\r\nServer: nginx\r\nDate: " + HttpDate.header(self.now()) + "\r\nContent-Type: text/html\r\n"
                + "Content-Length: " + page.length() + "\r\n" + field + "Connection: " + (keepAlive ? "keep-alive" : "close")
                + "\r\n\r\n";
        return send(asked, status.substring(0, 3), Bytes.of(head), Bytes.of(page), keepAlive);
    }

    private HttpServer.Answer send(Asked asked, String status, Bytes head, Bytes body, boolean keepAlive) {
        Bytes sent = asked.request().method().equals("HEAD") ? Bytes.EMPTY : body;
        String agent = asked.field("User-Agent");
        String referer = asked.field("Referer");
        ServerOutput.print(self, Ipv4.text(asked.request().peer()) + " - - [" + HttpDate.nginxLog(self.now()) + "] \"" + asked.request().head().start()
                + "\" "
                + status + " " + sent.length() + " \"" + (referer == null ? "-" : referer) + "\" \"" + (agent == null ? "-" : agent)
                + "\"");
        return new HttpServer.Answer(List.of(asked.line().isBare() ? sent : head.concat(sent)), keepAlive);
    }

    private static String type(String file) {
        String extension = file.substring(file.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return switch (extension) {
            case "html", "htm" -> "text/html";
            case "txt" -> "text/plain";
            case "css" -> "text/css";
            case "js" -> "application/javascript";
            case "json" -> "application/json";
            case "png" -> "image/png";
            case "svg" -> "image/svg+xml";
            default -> "application/octet-stream";
        };
    }
}
