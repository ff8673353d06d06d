package dev.vethlab.engine.command.net.curl;

import dev.vethlab.engine.command.http.HttpHead;
import dev.vethlab.engine.kernel.Errno;
import dev.vethlab.engine.kernel.socket.tcp.TcpSocket;
import dev.vethlab.engine.packet.Bytes;
import dev.vethlab.engine.packet.Ipv4;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.SocketCalls;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** One request and its response. What it learns on the way, {@code -w} may tell. */
final class CurlTransfer {
    private static final String USER_AGENT = "curl/8.22.0";
    private static final int CHUNK = 65_536;
    private static final int MAX_HEAD = 300_000;
    private static final long MILLISECOND = 1_000_000L;
    /** From the last byte of the response to curl's own FIN. */
    private static final long CLEANUP = 150_000L;

    private final CurlSession session;
    private final EmulatedProcess self;
    private final CurlOptions options;
    private final CurlSink sink;
    final CurlUrl url;
    final long begin;
    private final long deadline;

    long nameLookedUp;
    long connected;
    long firstByte;
    long end;
    int connects;
    int remoteAddress;
    int localAddress;
    int localPort;
    long requestSize;
    long headerSize;
    long received;
    long uploaded;
    @Nullable HttpHead head;
    private Bytes buffer = Bytes.EMPTY;
    private boolean dataTraced;

    /** @param deadline when {@code -m} ends it; {@link Long#MAX_VALUE} for never */
    CurlTransfer(CurlSession session, CurlUrl url, CurlSink sink, long begin, long deadline) {
        this.session = session;
        this.self = session.self;
        this.options = session.options;
        this.url = url;
        this.sink = sink;
        this.begin = begin;
        this.deadline = deadline;
    }

    /** Does it. @throws CurlFailure if it fails; what came until then has gone to the sink */
    void run(String method, boolean mayFollow) throws CurlFailure {
        CurlUrl proxy = session.proxy(url);
        TcpSocket socket = session.reuse(url);
        int number;
        if (socket != null) {
            number = session.reusedNumber();
            session.info("Reusing existing " + url.scheme() + ": connection with host " + url.host());
            nameLookedUp = self.now();
        } else {
            number = session.newConnection();
            var connection = new CurlConnection(session, url, proxy, begin, deadline);
            try {
                socket = connection.connect();
            } catch (CurlFailure failure) {
                tell(failure);
                if (failure.code == CurlFailure.NO_HOST) {
                    session.info("Could not resolve: " + url.hostPort());
                }
                session.info("closing connection #" + number);
                throw failure;
            }
            nameLookedUp = connection.nameLookedUp;
            connects = 1;
        }
        connected = self.now();
        sink.connected(self);
        remoteAddress = socket.remoteAddress();
        localAddress = socket.localAddress();
        localPort = socket.localPort();
        if (!url.isHttp()) {
            socket.close();
            throw new NotEmulated("curl: " + url.scheme() + ": is not emulated");
        }
        try {
            boolean reusable = exchange(socket, method, mayFollow, proxy != null);
            end = self.now();
            self.spend(CLEANUP);
            if (reusable) {
                session.keep(socket, url, number);
            } else {
                session.info("shutting down connection #" + number);
                socket.close();
            }
        } catch (CurlFailure failure) {
            tell(failure);
            session.info("closing connection #" + number);
            socket.close();
            throw failure;
        }
    }

    /** The transfer needs a protocol that is not there. */
    static final class NotEmulated extends RuntimeException {
        private static final long serialVersionUID = 1;

        NotEmulated(String what) {
            super(what, null, false, false);
        }
    }

    private void tell(CurlFailure failure) {
        end = self.now();
        session.info(failure.text());
    }

    private boolean exchange(TcpSocket socket, String method, boolean mayFollow, boolean overProxy) throws CurlFailure {
        session.info("using HTTP/1.x");
        send(socket, method, overProxy);
        HttpHead response = readHead(socket);
        while (response.status() >= 100 && response.status() < 200) {
            session.trace('<', "");
            response = readHead(socket);
        }
        head = response;
        boolean ignored = mayFollow && options.has("location") && response.status() / 100 == 3 && response.field("Location") != null;
        if (ignored) {
            session.info("Ignoring the response-body");
            if (response.contentLength() >= 0) {
                session.info("setting size while ignoring");
            }
        }
        session.trace('<', "");
        if (options.has("fail") && response.status() >= 400) {
            throw new CurlFailure(CurlFailure.HTTP_ERROR, "The requested URL returned error: " + response.status());
        }
        boolean bodiless = method.equals("HEAD") || response.status() == 204 || response.status() == 304;
        if (!bodiless) {
            readBody(socket, response, ignored);
        }
        String connection = response.field("Connection");
        boolean http11 = response.start().startsWith("HTTP/1.1");
        boolean framed = bodiless || response.contentLength() >= 0 || response.isChunked();
        return http11 && framed && (connection == null || !connection.equalsIgnoreCase("close"));
    }

    // ---- request ----

    private void send(TcpSocket socket, String method, boolean overProxy) throws CurlFailure {
        CurlBody content = session.body;
        boolean hasBody = content != null && (!method.equals("GET") || options.given("request"));
        Bytes body = hasBody ? content.content() : Bytes.EMPTY;
        String target = url.target();
        if (options.given("upload-file") && target.endsWith("/")) {
            target += options.value("upload-file").replaceFirst(".*/", "");
        }
        target = overProxy ? url.scheme() + "://" + url.hostHeader() + target : target;
        if (options.has("get") && options.data != null) {
            target += (target.contains("?") ? "&" : "?") + options.data.text();
        }
        boolean old = options.has("http1.0");
        var text = new StringBuilder(method + " " + target + " HTTP/" + (old ? "1.0" : "1.1") + "\r\n");
        options.headers.stream().filter(CurlTransfer::isHost).forEach(header -> addOwn(text, header));
        field(text, "Host", url.hostHeader());
        String user = options.given("user") ? options.value("user") : url.userInfo();
        if (!user.isEmpty()) {
            String pair = user.contains(":") ? user : user + ":";
            field(text, "Authorization", "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
        }
        if (options.given("range")) {
            field(text, "Range", "bytes=" + options.value("range"));
        }
        field(text, "User-Agent", options.given("user-agent") ? options.value("user-agent") : USER_AGENT);
        field(text, "Accept", "*/*");
        if (options.given("referer")) {
            field(text, "Referer", options.value("referer"));
        }
        if (options.given("cookie")) {
            field(text, "Cookie", options.value("cookie"));
        }
        if (options.has("compressed")) {
            field(text, "Accept-Encoding", "deflate, gzip, br, zstd");
        }
        if (overProxy) {
            field(text, "Proxy-Connection", "Keep-Alive");
        }
        options.headers.stream().filter(header -> !isHost(header)).forEach(header -> addOwn(text, header));
        if (hasBody) {
            field(text, "Content-Length", Integer.toString(body.length()));
            field(text, "Content-Type", content.type());
        }
        text.append("\r\n");
        text.toString().lines().forEach(line -> session.trace('>', line));
        Bytes request = Bytes.of(text.toString());
        requestSize += request.length();
        if (!SocketCalls.write(self, socket, request.concat(body))) {
            throw new CurlFailure(CurlFailure.SEND_ERROR, "Send failure: Broken pipe");
        }
        if (hasBody) {
            uploaded = body.length();
            session.trace('}', "[" + body.length() + " bytes data]");
            session.info("upload completely sent off: " + body.length() + " bytes");
        } else {
            session.info("Request completely sent off");
        }
    }

    /** A field that curl sends by itself, unless {@code -H} has one of that name. */
    private void field(StringBuilder text, String name, String value) {
        boolean replaced = options.headers.stream().anyMatch(h -> h.split("[:;]", 2)[0].strip().equalsIgnoreCase(name));
        if (!replaced && !value.isEmpty()) {
            text.append(name).append(": ").append(value).append("\r\n");
        }
    }

    private static boolean isHost(String header) {
        return header.regionMatches(true, 0, "Host:", 0, 5);
    }

    private static void addOwn(StringBuilder text, String header) {
        if (header.endsWith(";") && !header.contains(":")) {
            text.append(header, 0, header.length() - 1).append(":\r\n");
        } else if (header.contains(":") && !header.substring(header.indexOf(':') + 1).isBlank()) {
            text.append(header).append("\r\n");
        }
    }

    // ---- response ----

    private HttpHead readHead(TcpSocket socket) throws CurlFailure {
        int end = HttpHead.end(buffer);
        while (end < 0) {
            boolean more = fill(socket);
            if (firstByte == 0 && !buffer.isEmpty()) {
                firstByte = self.now();
            }
            if (buffer.length() >= 5 && !buffer.slice(0, 5).text().equals("HTTP/")) {
                throw new CurlFailure(CurlFailure.UNSUPPORTED_PROTOCOL, "Received HTTP/0.9 when not allowed");
            }
            end = HttpHead.end(buffer);
            if (!more && end < 0) {
                throw buffer.isEmpty()
                        ? new CurlFailure(CurlFailure.EMPTY_REPLY, "Empty reply from server")
                        : new CurlFailure(CurlFailure.RECEIVE_ERROR, "response reading failed (errno: 0)");
            }
            if (buffer.length() > MAX_HEAD) {
                throw new CurlFailure(CurlFailure.RECEIVE_ERROR, "Too large response headers: " + buffer.length() + " > " + MAX_HEAD);
            }
        }
        Bytes raw = buffer.slice(0, end);
        buffer = buffer.slice(end);
        headerSize += raw.length();
        HttpHead result = HttpHead.parse(raw);
        if (result.start().startsWith("HTTP/1.0")) {
            session.info("HTTP 1.0, assume close after body");
        }
        raw.text().lines().filter(line -> !line.isEmpty()).forEach(line -> session.trace('<', line));
        sink.head(self, raw);
        return result;
    }

    private void readBody(TcpSocket socket, HttpHead response, boolean ignored) throws CurlFailure {
        if (response.isChunked()) {
            readChunked(socket, ignored);
            return;
        }
        long length = response.contentLength();
        while (length < 0 || received < length) {
            if (buffer.isEmpty() && !fill(socket)) {
                break;
            }
            int take = length < 0 ? buffer.length() : (int) Math.min(buffer.length(), length - received);
            pass(buffer.slice(0, take), ignored, length);
            buffer = buffer.slice(take);
        }
        if (length >= 0 && received < length) {
            throw new CurlFailure(CurlFailure.PARTIAL_FILE, "end of response with " + (length - received) + " bytes missing");
        }
    }

    private void readChunked(TcpSocket socket, boolean ignored) throws CurlFailure {
        while (true) {
            int newline = lineEnd(socket);
            String size = buffer.slice(0, newline).text().split(";", 2)[0].strip();
            buffer = buffer.slice(newline + 1);
            if (!size.matches("[0-9a-fA-F]{1,8}")) {
                throw new CurlFailure(CurlFailure.RECEIVE_ERROR, "Illegal or missing hexadecimal sequence in chunked-encoding");
            }
            long left = Long.parseLong(size, 16);
            if (left == 0) {
                lineEnd(socket);
                buffer = Bytes.EMPTY;
                return;
            }
            while (left > 0) {
                need(socket);
                int take = (int) Math.min(left, buffer.length());
                pass(buffer.slice(0, take), ignored, -1);
                buffer = buffer.slice(take);
                left -= take;
            }
            buffer = buffer.slice(lineEnd(socket) + 1);
        }
    }

    private int lineEnd(TcpSocket socket) throws CurlFailure {
        int at = 0;
        while (true) {
            for (; at < buffer.length(); at++) {
                if (buffer.get(at) == '\n') {
                    return at;
                }
            }
            if (!fill(socket)) {
                throw cut();
            }
        }
    }

    private void need(TcpSocket socket) throws CurlFailure {
        if (buffer.isEmpty() && !fill(socket)) {
            throw cut();
        }
    }

    private static CurlFailure cut() {
        return new CurlFailure(CurlFailure.PARTIAL_FILE, "transfer closed with outstanding read data remaining");
    }

    private void pass(Bytes data, boolean ignored, long expected) throws CurlFailure {
        received += data.length();
        if (!ignored && !dataTraced && !self.descriptor(1).isTerminal()) {
            dataTraced = true;
            session.trace('{', "[" + data.length() + " bytes data]");
        }
        if (!ignored) {
            sink.body(self, data, expected);
        }
    }

    /** Waits for more; false at the end. */
    private boolean fill(TcpSocket socket) throws CurlFailure {
        long wait = deadline == Long.MAX_VALUE ? EmulatedProcess.FOREVER : Math.max(0, deadline + MILLISECOND - self.now());
        if (!SocketCalls.awaitReadable(self, socket, wait)) {
            HttpHead known = head;
            long length = known == null ? -1 : known.contentLength();
            throw new CurlFailure(CurlFailure.TIMEOUT, "Operation timed out after " + (self.now() - begin) / MILLISECOND
                    + " milliseconds with "
                    + received + (length > 0 ? " out of " + length : "") + " bytes received");
        }
        Bytes data = socket.read(CHUNK);
        if (data.isEmpty()) {
            Errno error = socket.takeError();
            if (error != null) {
                throw new CurlFailure(CurlFailure.RECEIVE_ERROR, "Recv failure: " + error.message());
            }
            return false;
        }
        buffer = buffer.concat(data);
        return true;
    }

    String remoteText() {
        return remoteAddress == 0 ? "" : Ipv4.text(remoteAddress);
    }
}
