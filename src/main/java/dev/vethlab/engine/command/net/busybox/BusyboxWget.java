package dev.vethlab.engine.command.net.busybox;

import dev.vethlab.engine.command.http.HttpHead;
import dev.vethlab.engine.command.net.Getopt;
import dev.vethlab.engine.command.net.dns.Resolver;
import dev.vethlab.engine.kernel.Errno;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.kernel.socket.tcp.TcpSocket;
import dev.vethlab.engine.packet.Bytes;
import dev.vethlab.engine.packet.Ipv4;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.SocketCalls;
import dev.vethlab.engine.process.Unsupported;
import dev.vethlab.engine.process.file.OpenFile;
import dev.vethlab.engine.process.file.OpenMode;
import org.jspecify.annotations.Nullable;

/** BusyBox {@code wget} for HTTP ({@code networking/wget.c}). */
final class BusyboxWget {
    private static final String USAGE = """
            Usage: wget [-cqS] [--spider] [-O FILE] [-o LOGFILE] [--header STR]
            \t[--post-data STR | --post-file FILE] [-Y on/off]
            \t[--no-check-certificate] [-P DIR] [-U AGENT] [-T SEC] URL...

            Retrieve files via HTTP or FTP

            \t--spider\tOnly check URL existence: $? is 0 if exists
            \t--header STR\tAdd STR (of form 'header: value') to headers
            \t--post-data STR\tSend STR using POST method
            \t--post-file FILE\tSend FILE using POST method
            \t--no-check-certificate\tDon't validate the server's certificate
            \t-c\t\tContinue retrieval of aborted transfer
            \t-q\t\tQuiet
            \t-P DIR\t\tSave to DIR (default .)
            \t-S    \t\tShow server response
            \t-T SEC\t\tNetwork read timeout is SEC seconds
            \t-O FILE\t\tSave to FILE ('-' for stdout)
            \t-o LOGFILE\tLog messages to FILE
            \t-U STR\t\tUse STR for User-Agent header
            \t-Y on/off\tUse proxy
            """;

    private static final int MAX_REDIRECTS = 5;
    private static final int BAR_COLUMNS = 152;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final EmulatedProcess self;
    private final Getopt options;
    private final boolean quiet;
    private final long timeout;

    private BusyboxWget(EmulatedProcess self, Getopt options) {
        this.self = self;
        this.options = options;
        this.quiet = options.has("q");
        String seconds = options.value("T");
        this.timeout = (seconds != null && seconds.matches("\\d{1,6}") ? Long.parseLong(seconds) : 900) * NANOS_PER_SECOND;
    }

    /** It ends with status 1 and this word. */
    private static final class Failure extends Exception {
        private static final long serialVersionUID = 1;

        Failure(String message) {
            super(message, null, false, false);
        }
    }

    static int main(EmulatedProcess self) {
        Getopt options = Getopt.parse(self.arguments(), "cqSO:o:P:Y:U:T:t:n:", "help", "spider", "header:", "post-data:", "post-file:",
                "no-check-certificate", "quiet=q", "output-document:=O", "timeout:=T", "user-agent:=U", "continue=c", "server-response=S",
                "tries:=t", "directory-prefix:=P", "output-file:=o", "proxy:=Y");
        if (options.error() != null || options.has("help") || options.operands().isEmpty()) {
            return Busybox.usage(self, options.error() == null ? "" : options.error(), USAGE);
        }
        if (options.has("c") || options.has("o") || options.has("post-file")) {
            return Unsupported.answer(self, "wget: -c, -o and --post-file are not emulated");
        }
        var wget = new BusyboxWget(self, options);
        try {
            for (String url : options.operands()) {
                if (url.startsWith("https:") || url.startsWith("ftp:")) {
                    return Unsupported.answer(self, "wget: only http: is emulated");
                }
                wget.fetch(url, MAX_REDIRECTS);
            }
            return 0;
        } catch (Failure e) {
            self.error("wget: " + e.getMessage());
            return 1;
        }
    }

    private void tell(String line) {
        if (!quiet) {
            self.error(line);
        }
    }

    private void fetch(String url, int redirects) throws Failure {
        String rest = url.replaceFirst("^http://", "");
        int slash = rest.indexOf('/');
        String authority = slash < 0 ? rest : rest.substring(0, slash);
        String path = slash < 0 ? "/" : rest.substring(slash);
        String host = authority.split(":", 2)[0];
        String portText = authority.contains(":") ? authority.substring(authority.indexOf(':') + 1) : "80";
        if (!portText.matches("\\d{1,5}")) {
            throw new Failure("bad port spec '" + authority + "'");
        }
        int port = Integer.parseInt(portText);
        if (!(Resolver.lookup(self, host) instanceof Resolver.Found found)) {
            throw new Failure("bad address '" + host + "'");
        }
        int address = found.addresses().getFirst();
        tell("Connecting to " + authority + " (" + Ipv4.text(address) + ":" + port + ")");
        TcpSocket socket = connect(address, port);
        String body = options.value("post-data");
        send(socket, authority, path, body);
        Bytes input = readHead(socket);
        int end = HttpHead.end(input);
        HttpHead head = HttpHead.parse(input.slice(0, end));
        if (options.has("S")) {
            input.slice(0, end).text().lines().forEach(line -> self.error("  " + line));
        }
        String location = head.field("Location");
        if (head.status() / 100 == 3 && location != null) {
            socket.close();
            if (redirects == 0) {
                throw new Failure("too many redirections");
            }
            fetch(location.startsWith("/") ? "http://" + authority + location : location, redirects - 1);
            return;
        }
        if (head.status() / 100 != 2) {
            throw new Failure("server returned error: " + head.start());
        }
        if (options.has("spider")) {
            tell("remote file exists");
        } else {
            save(socket, head, input.slice(end), path);
        }
        socket.close();
    }

    private TcpSocket connect(int address, int port) throws Failure {
        try {
            TcpSocket socket = SocketCalls.tcp(self);
            Errno error = SocketCalls.connect(self, socket, address, port, timeout);
            if (error == Errno.EINPROGRESS) {
                throw new Failure("download timed out");
            }
            if (error != null) {
                throw new Failure("can't connect to remote host (" + Ipv4.text(address) + "): " + error.message());
            }
            return socket;
        } catch (KernelException e) {
            throw new Failure("socket: " + e.errno().message());
        }
    }

    private void send(TcpSocket socket, String authority, String path, @Nullable String body) {
        String agent = options.value("U");
        var text = new StringBuilder((body == null ? "GET " : "POST ") + path + " HTTP/1.1\r\nHost: " + authority + "\r\nUser-Agent: "
                + (agent == null ? "Wget" : agent) + "\r\nConnection: close\r\n");
        for (Getopt.Option option : options.options()) {
            if (option.name().equals("header")) {
                text.append(option.value()).append("\r\n");
            }
        }
        if (body != null) {
            text.append("Content-Type: application/x-www-form-urlencoded\r\nContent-Length: ").append(body.length()).append("\r\n");
        }
        text.append("\r\n").append(body == null ? "" : body);
        SocketCalls.write(self, socket, Bytes.of(text.toString()));
    }

    private Bytes readHead(TcpSocket socket) throws Failure {
        Bytes input = Bytes.EMPTY;
        while (HttpHead.end(input) < 0) {
            Bytes more = read(socket);
            if (more.isEmpty()) {
                throw new Failure("error getting response: " + (socket.hasError() ? "Connection reset by peer" : "Success"));
            }
            input = input.concat(more);
        }
        return input;
    }

    private Bytes read(TcpSocket socket) throws Failure {
        if (!SocketCalls.awaitReadable(self, socket, timeout)) {
            throw new Failure("download timed out");
        }
        return socket.read(65_536);
    }

    private void save(TcpSocket socket, HttpHead head, Bytes begun, String path) throws Failure {
        String wanted = options.value("O");
        String name = path.split("\\?", 2)[0];
        String base = name.substring(name.lastIndexOf('/') + 1);
        String file = wanted != null ? wanted : base.isEmpty() ? "index.html" : base;
        String directory = options.value("P");
        boolean standard = file.equals("-");
        OpenFile out = standard ? self.descriptor(1) : open(directory == null ? file : directory + "/" + file);
        tell(standard ? "writing to stdout" : "saving to '" + file + "'");
        long length = head.contentLength();
        long received = 0;
        Bytes data = begun;
        while (length < 0 || received < length) {
            if (data.isEmpty()) {
                data = read(socket);
                if (data.isEmpty()) {
                    break;
                }
            }
            out.write(self, data);
            received += data.length();
            data = Bytes.EMPTY;
        }
        tell(bar(file, received));
        if (!standard) {
            out.release();
        }
        tell(standard ? "written to stdout" : "'" + file + "' saved");
    }

    private OpenFile open(String path) throws Failure {
        try {
            OpenFile file = self.context().files().open(self, path, OpenMode.WRITE);
            file.retain();
            return file;
        } catch (KernelException e) {
            throw new Failure("can't open '" + path + "': " + e.errno().message());
        }
    }

    private static String bar(String file, long received) {
        String last = file.substring(file.lastIndexOf('/') + 1);
        String name = last.length() > 20 ? last.substring(0, 20) : last;
        return String.format(java.util.Locale.ROOT, "%-20s 100%% |%s| %5d  0:00:00 ETA", name, "*".repeat(BAR_COLUMNS), received);
    }
}
