package dev.vethlab.engine.command.net.curl;

import dev.vethlab.engine.kernel.socket.tcp.TcpSocket;
import dev.vethlab.engine.process.EmulatedProcess;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What transfers of one run share: a connection that may be used again, numbers of connections, the trace of {@code -v}. */
final class CurlSession {
    private static final int DEFAULT_PROXY_PORT = 1080;

    final EmulatedProcess self;
    final CurlOptions options;
    @Nullable CurlBody body;
    private final Map<String, Boolean> resolved = new TreeMap<>();
    private @Nullable TcpSocket idle;
    private String idleHost = "";
    private int idleNumber;
    private int connections;

    CurlSession(EmulatedProcess self, CurlOptions options) {
        this.self = self;
        this.options = options;
    }

    /** The proxy for a URL, by {@code -x} or the environment, unless {@code --noproxy} excepts it; null for none. */
    @Nullable CurlUrl proxy(CurlUrl url) throws CurlFailure {
        Map<String, String> environment = self.context().environment();
        String text = options.given("proxy") ? options.value("proxy")
                : environment.getOrDefault("http_proxy", environment.getOrDefault("all_proxy", environment.getOrDefault("ALL_PROXY", "")));
        String excepted = options.given("noproxy") ? options.value("noproxy")
                : environment.getOrDefault("no_proxy", environment.getOrDefault("NO_PROXY", ""));
        if (text.isEmpty() || !url.isHttp() || isExcepted(url.host(), excepted)) {
            return null;
        }
        String scheme = text.contains("://") ? text.substring(0, text.indexOf("://")) : "http";
        if (!scheme.equals("http")) {
            throw new CurlTransfer.NotEmulated("curl: a proxy of " + scheme + ": is not emulated");
        }
        String place = text.replaceFirst("^http://", "").replaceFirst("/.*", "");
        return CurlUrl.parse("http://" + place + (place.matches(".*:\\d+") ? "" : ":" + DEFAULT_PROXY_PORT));
    }

    private static boolean isExcepted(String host, String list) {
        for (String entry : list.split("[, ]+")) {
            String name = entry.replaceFirst("^[.]", "");
            if (entry.equals("*") || !name.isEmpty() && (host.equalsIgnoreCase(name) || host.toLowerCase(Locale.ROOT)
                    .endsWith("." + name.toLowerCase(Locale.ROOT)))) {
                return true;
            }
        }
        return false;
    }

    /** A line of {@code -v}. */
    void info(String text) {
        if (options.has("verbose")) {
            self.error("* " + text);
        }
    }

    void trace(char direction, String line) {
        if (options.has("verbose")) {
            self.error(direction + " " + line);
        }
    }

    /** Whether the host was looked up before in this run; remembers it. */
    boolean wasResolved(CurlUrl url) {
        return resolved.put(url.hostPort().toLowerCase(Locale.ROOT), true) != null;
    }

    int newConnection() {
        return connections++;
    }

    /** Keeps a connection for the next request to the same host. */
    void keep(TcpSocket socket, CurlUrl url, int number) {
        discard();
        idle = socket;
        idleHost = url.scheme() + url.hostPort();
        idleNumber = number;
        info("Connection #" + number + " to host " + url.hostPort() + " left intact");
    }

    /** A kept connection to this host that still lives, or null. */
    @Nullable TcpSocket reuse(CurlUrl url) {
        TcpSocket socket = idle;
        if (socket == null || !idleHost.equals(url.scheme() + url.hostPort()) || socket.atEnd()) {
            return null;
        }
        idle = null;
        return socket;
    }

    int reusedNumber() {
        return idleNumber;
    }

    void discard() {
        if (idle != null) {
            idle.close();
            idle = null;
        }
    }
}
