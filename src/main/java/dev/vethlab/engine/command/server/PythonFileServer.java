package dev.vethlab.engine.command.server;

import dev.vethlab.engine.command.http.HttpDate;
import dev.vethlab.engine.command.http.HttpRequest;
import dev.vethlab.engine.command.http.HttpServer;
import dev.vethlab.engine.command.net.Getopt;
import dev.vethlab.engine.kernel.Errno;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.kernel.socket.AddressFamily;
import dev.vethlab.engine.kernel.socket.tcp.TcpListener;
import dev.vethlab.engine.packet.Bytes;
import dev.vethlab.engine.packet.Ipv4;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.SocketCalls;
import dev.vethlab.engine.process.file.FileSystem;
import dev.vethlab.engine.process.file.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** {@code python3 -m http.server}: the files below a directory. */
final class PythonFileServer {
    private static final String SERVER = "SimpleHTTP/0.6 " + PythonHttp.VERSION;
    private static final String USAGE = "usage: python3 -m http.server [-h] [--cgi] [-b ADDRESS] [-d DIRECTORY] [-p VERSION] [--tls-cert PATH] "
            + "[--tls-key PATH] [--tls-password-file PATH] [port]";
    private static final String COMPLAINT = "python3 -m http.server: error: ";
    private static final int BACKLOG = 5;

    private final EmulatedProcess self;
    private final String directory;

    private PythonFileServer(EmulatedProcess self, String directory) {
        this.self = self;
        this.directory = directory;
    }

    static void start(EmulatedProcess self, List<String> words) {
        var argv = new ArrayList<String>(words);
        argv.addFirst("http.server");
        Getopt options = Getopt.parse(argv, "hb:d:p:", "bind:=b", "directory:=d", "help=h");
        String port = options.operands().isEmpty() ? "8000" : options.operands().getFirst();
        if (options.error() != null || options.operands().size() > 1) {
            refuse(self, "unrecognized arguments: " + String.join(" ", options.error() != null ? words : options.operands().subList(1,
                    options.operands().size())));
        } else if (!port.matches("-?\\d{1,9}")) {
            refuse(self, "argument port: invalid int value: '" + port + "'");
        } else {
            String bind = options.value("b");
            String directory = options.value("d");
            serve(self, bind, Integer.parseInt(port), directory == null ? self.context().directory() : absolute(self, directory));
        }
    }

    private static String absolute(EmulatedProcess self, String path) {
        return path.startsWith("/") ? path : self.context().directory() + "/" + path;
    }

    private static void refuse(EmulatedProcess self, String what) {
        ServerOutput.error(self, USAGE + "\n" + COMPLAINT + what);
        self.exit(2);
    }

    private static void serve(EmulatedProcess self, @Nullable String bind, int port, String directory) {
        OptionalInt address = bind == null ? OptionalInt.of(Ipv4.ANY) : Ipv4.parse(bind);
        try {
            if (address.isEmpty()) {
                throw new KernelException(Errno.EADDRNOTAVAIL);
            }
            TcpListener listener = SocketCalls.listen(self, AddressFamily.INET, address.getAsInt(), port, BACKLOG);
            String shown = Ipv4.text(address.getAsInt());
            if (self.descriptor(1).isTerminal()) {
                // to a file or a pipe print() only fills a buffer, which a signal's default action does not empty
                ServerOutput.print(self, "Serving HTTP on " + shown + " port " + listener.localPort() + " (http://" + shown + ":"
                        + listener.localPort() + "/) ...");
            }
            Python.endOnInterrupt(self, "\nKeyboard interrupt received, exiting.");
            var server = new PythonFileServer(self, directory);
            new HttpServer(self, PythonHttp.TIMING, server::answer).serve(listener);
        } catch (KernelException e) {
            ServerOutput.error(self, "OSError: [Errno " + e.errno().number() + "] " + e.errno().message());
            self.exit(1);
        }
    }

    private HttpServer.Answer answer(HttpRequest request) {
        if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
            log(request, "code 501, message Unsupported method ('" + request.method() + "')");
            log(request, "\"" + request.head().start() + "\" 501 -");
            return PythonHttp.unsupportedMethod(self.now(), SERVER, request);
        }
        FileSystem files = self.context().files();
        String path = request.path();
        String file = directory + path;
        try {
            if (path.contains("/..")) {
                throw new KernelException(Errno.ENOENT);
            }
            Node node = files.stat(self, file);
            if (node.isDirectory() && !path.endsWith("/")) {
                log(request, "\"" + request.head().start() + "\" 301 -");
                return PythonHttp.answer(self.now(), SERVER, "301 Moved Permanently",
                        List.of("Location: " + path + "/", "Content-Length: 0"),
                        Bytes.EMPTY);
            }
            boolean listing = node.isDirectory() && !files.exists(self, file + "index.html");
            String found = node.isDirectory() ? file + "index.html" : file;
            Bytes body = listing ? Bytes.of(listing(path, file)) : files.readAll(self, found);
            var fields = new ArrayList<String>();
            fields.add("Content-type: " + (listing ? "text/html; charset=utf-8" : type(found)));
            fields.add("Content-Length: " + body.length());
            if (!listing) {
                fields.add("Last-Modified: " + HttpDate.header(files.stat(self, found).modified()));
            }
            log(request, "\"" + request.head().start() + "\" 200 -");
            return PythonHttp.answer(self.now(), SERVER, "200 OK", fields, request.method().equals("HEAD") ? Bytes.EMPTY : body);
        } catch (KernelException e) {
            log(request, "code 404, message File not found");
            log(request, "\"" + request.head().start() + "\" 404 -");
            return PythonHttp.error(self.now(), SERVER, request, 404, "File not found", "Nothing matches the given URI");
        }
    }

    private String listing(String path, String file) throws KernelException {
        var page = new StringBuilder("""
                <!DOCTYPE HTML>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <style type="text/css">
                :root {
                color-scheme: light dark;
                }
                </style>
                """);
        page.append("<title>Directory listing for ").append(path).append("</title>\n</head>\n<body>\n<h1>Directory listing for ").append(path)
                .append("</h1>\n<hr>\n<ul>\n");
        self.context().files().list(self, file).entrySet().stream()
                .sorted(java.util.Map.Entry.comparingByKey(String.CASE_INSENSITIVE_ORDER))
                .forEach(entry -> {
                    String name = entry.getKey() + (entry.getValue().isDirectory() ? "/" : "");
                    page.append("<li><a href=\"").append(name).append("\">").append(name).append("</a></li>\n");
                });
        return page.append("</ul>\n<hr>\n</body>\n</html>\n").toString();
    }

    private void log(HttpRequest request, String what) {
        ServerOutput.error(self, Ipv4.text(request.peer()) + " - - [" + HttpDate.pythonLog(self.now()) + "] " + what);
    }

    private static String type(String file) {
        String extension = file.substring(file.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return switch (extension) {
            case "html", "htm" -> "text/html";
            case "txt", "c", "h", "py" -> extension.equals("py") ? "text/x-python" : "text/plain";
            case "css" -> "text/css";
            case "js" -> "text/javascript";
            case "json" -> "application/json";
            case "png" -> "image/png";
            default -> "application/octet-stream";
        };
    }
}
