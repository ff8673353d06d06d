package dev.vethlab.engine.command.net.curl;

import dev.vethlab.engine.command.core.LineReader;
import dev.vethlab.engine.command.http.HttpHead;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.packet.Bytes;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.Unsupported;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code curl} 8.22 for HTTP/1.x: URLs one after the other, redirects, retries. */
public final class Curl {
    private static final String VERSION = """
            curl 8.22.0 (x86_64-pc-linux-gnu) libcurl/8.22.0 OpenSSL/3.6.5 zlib/1.3.2 brotli/1.2.0 zstd/1.5.7 libidn2/2.3.8 libpsl/0.23.3 libssh2/1.11.1 nghttp2/1.70.0 ngtcp2/1.24.0 nghttp3/1.17.0 mit-krb5/1.22.1 OpenLDAP/2.6.14
            Release-Date: 2026-09-02, security patched: 8.22.0-1
            Protocols: dict file ftp ftps gopher gophers http https imap imaps ipfs ipns ldap ldaps mqtt mqtts pop3 pop3s rtsp scp sftp smtp smtps telnet tftp ws wss
            Features: alt-svc AsynchDNS brotli GSS-API HSTS HTTP2 HTTP3 HTTPS-proxy IDN IPv6 Kerberos Largefile libz PSL SPNEGO SSL threadsafe UnixSockets zstd
            """;
    private static final int MAX_REDIRECTS = 50;
    private static final long SECOND = 1_000_000_000L;

    private final EmulatedProcess self;
    private final CurlOptions options;
    private final CurlSession session;

    private Curl(EmulatedProcess self, CurlOptions options) {
        this.self = self;
        this.options = options;
        this.session = new CurlSession(self, options);
    }

    public static int main(EmulatedProcess self) {
        CurlOptions options;
        try {
            options = CurlOptions.parse(self.arguments(), path -> read(self, path));
        } catch (CurlFailure e) {
            self.error("curl: " + e.text());
            return e.code;
        }
        if (options.has("version")) {
            self.print(VERSION);
            return 0;
        }
        if (options.unsupported != null) {
            return Unsupported.answer(self, options.unsupported);
        }
        if (options.has("help")) {
            return Unsupported.answer(self, "curl: its help is not emulated");
        }
        if (options.urls.isEmpty()) {
            self.error(self.arguments().size() == 1
                    ? "curl: try 'curl --help' or 'curl --manual' for more information"
                    : "curl: (2) no URL specified\ncurl: try 'curl --help' or 'curl --manual' for more information");
            return CurlFailure.BAD_OPTION;
        }
        return new Curl(self, options).run();
    }

    private static Bytes read(EmulatedProcess self, String path) throws CurlFailure {
        if (path.equals("-")) {
            return LineReader.standardInput(self);
        }
        try {
            return self.context().files().readAll(self, path);
        } catch (KernelException e) {
            throw new CurlFailure(CurlFailure.READ_ERROR, "error encountered when reading a file");
        }
    }

    private int run() {
        try {
            if (options.badResolve != null) {
                throw new CurlFailure(CurlFailure.BAD_RESOLVE, "Could not parse CURLOPT_RESOLVE entry '" + options.badResolve + "'");
            }
            session.body = CurlBody.of(self, options, path -> read(self, path));
        } catch (CurlFailure e) {
            complain(e);
            return e.code;
        }
        int status = 0;
        int number = 0;
        try {
            for (int given = 0; given < options.urls.size(); given++) {
                String url = options.urls.get(given);
                for (UrlGlob each : options.has("globoff") ? List.of(UrlGlob.plain(url)) : UrlGlob.expand(url)) {
                    String output = given < options.outputs.size() ? each.named(options.outputs.get(given)) : "";
                    status = fetchWithRetries(each.url(), output, number++);
                }
            }
        } catch (CurlTransfer.NotEmulated e) {
            return Unsupported.answer(self, java.util.Objects.requireNonNull(e.getMessage()));
        }
        session.discard();
        return status;
    }

    private void complain(CurlFailure failure) {
        if (!options.isSilent() || options.has("show-error")) {
            self.error("curl: (" + failure.code + ") " + failure.text());
        }
    }

    private int fetchWithRetries(String text, String output, int number) {
        int retries = options.number("retry", 0);
        long delay = options.given("retry-delay") ? options.nanos("retry-delay") : SECOND;
        while (true) {
            Attempt attempt = fetch(text, output, number);
            boolean again = retries > 0 && attempt.isTransient(options);
            if (!again) {
                return attempt.failure() == null ? 0 : attempt.failure().code;
            }
            if (!options.isSilent()) {
                self.error("Warning: Problem : " + attempt.problem() + ". Retrying in " + delay / SECOND + " second"
                        + (delay == SECOND ? "" : "s") + ". " + retries + " retr" + (retries == 1 ? "y" : "ies") + " left.");
            }
            self.sleep(delay);
            delay = options.given("retry-delay") ? delay : delay * 2;
            retries--;
        }
    }

    /** How one attempt ended. */
    private record Attempt(@Nullable CurlFailure failure, int status) {
        boolean isTransient(CurlOptions options) {
            boolean server = status == 408 || status == 429 || status == 500 || status == 502 || status == 503 || status == 504;
            if (failure == null) {
                return server;
            }
            boolean refused = failure.code == CurlFailure.NO_CONNECTION && options.has("retry-connrefused");
            return failure.code == CurlFailure.TIMEOUT || server || refused || options.has("retry-all-errors");
        }

        String problem() {
            return failure == null || failure.code == CurlFailure.HTTP_ERROR ? "HTTP error" : failure.code == CurlFailure.TIMEOUT
                    ? "timeout" : failure.code == CurlFailure.NO_CONNECTION ? "connection refused" : "(retrying all errors)";
        }
    }

    private Attempt fetch(String text, String output, int number) {
        long begin = self.now();
        long limit = options.nanos("max-time");
        long deadline = limit > 0 ? begin + limit : Long.MAX_VALUE;
        CurlTransfer transfer = null;
        CurlFailure failure = null;
        String method = options.method();
        int redirects = 0;
        int connects = 0;
        CurlSink sink = null;
        try {
            CurlUrl url = CurlUrl.parse(text);
            sink = new CurlSink(options, output(url, output));
            while (true) {
                if (url.isFile()) {
                    copyFile(url, sink);
                    break;
                }
                transfer = new CurlTransfer(session, url, sink, begin, deadline);
                transfer.run(method, redirects < options.number("max-redirs", MAX_REDIRECTS));
                connects += transfer.connects;
                HttpHead head = java.util.Objects.requireNonNull(transfer.head);
                String location = head.field("Location");
                if (!options.has("location") || head.status() / 100 != 3 || location == null) {
                    break;
                }
                if (redirects >= options.number("max-redirs", MAX_REDIRECTS)) {
                    throw new CurlFailure(CurlFailure.TOO_MANY_REDIRECTS,
                            "Maximum (" + options.number("max-redirs", MAX_REDIRECTS) + ") redirects followed");
                }
                redirects++;
                url = url.resolve(location);
                session.info("Issue another request to this URL: '" + url.text() + "'");
                if (method.equals("POST") && head.status() <= 303 && !options.given("request")) {
                    session.info("Switch from POST to GET");
                    method = "GET";
                }
            }
        } catch (CurlFailure e) {
            failure = e;
            connects += transfer == null ? 0 : transfer.connects;
        }
        if (sink != null) {
            sink.ended(transfer == null ? 0 : transfer.received, self.now() - begin);
        }
        if (failure != null) {
            complain(failure);
        }
        if (sink != null) {
            sink.close(self, failure == null);
        }
        if (options.given("write-out")) {
            new WriteOut(self, transfer, method, redirects, connects, failure, text, sink == null ? "" : sink.output(), number)
                    .print(writeOutFormat());
        }
        HttpHead head = transfer == null ? null : transfer.head;
        return new Attempt(failure, head == null ? 0 : head.status());
    }

    private void copyFile(CurlUrl url, CurlSink sink) throws CurlFailure {
        try {
            Bytes content = self.context().files().readAll(self, url.path());
            sink.body(self, content, content.length());
        } catch (KernelException e) {
            throw new CurlFailure(CurlFailure.FILE_UNREADABLE, "Could not open file " + url.path());
        }
    }

    private String writeOutFormat() {
        String format = options.value("write-out");
        if (!format.startsWith("@")) {
            return format;
        }
        try {
            return read(self, format.substring(1)).text();
        } catch (CurlFailure e) {
            return "";
        }
    }

    private String output(CurlUrl url, String wanted) {
        if (!wanted.isEmpty()) {
            return inDirectory(wanted);
        }
        return options.has("remote-name") || options.has("remote-name-all") ? inDirectory(url.fileName()) : "";
    }

    private String inDirectory(String name) {
        boolean moved = options.given("output-dir") && !name.equals("-");
        return moved ? options.value("output-dir") + "/" + name : name;
    }
}
