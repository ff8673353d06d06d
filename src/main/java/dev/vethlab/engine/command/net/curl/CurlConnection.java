package dev.vethlab.engine.command.net.curl;

import dev.vethlab.engine.command.net.dns.Resolver;
import dev.vethlab.engine.kernel.Errno;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.kernel.device.NetDevice;
import dev.vethlab.engine.kernel.socket.tcp.TcpSocket;
import dev.vethlab.engine.packet.Ipv4;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.HostsFile;
import dev.vethlab.engine.process.SocketCalls;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** From a URL to a connected socket: the name, then its addresses one after the other. */
final class CurlConnection {
    /** What curl's own timers are late by. */
    private static final long TIMER_SLACK = 1_000_000L;
    private static final long MILLISECOND = 1_000_000L;
    private static final long DEFAULT_CONNECT_TIMEOUT = 300_000 * MILLISECOND;

    private final CurlSession session;
    private final EmulatedProcess self;
    /** What to connect to: the URL's host, its proxy, or what {@code --connect-to} says. */
    private final CurlUrl url;

    private final boolean isProxy;
    private final long begin;
    private final long deadline;
    long nameLookedUp;

    CurlConnection(CurlSession session, CurlUrl wanted, @Nullable CurlUrl proxy, long begin, long deadline) throws CurlFailure {
        this.session = session;
        this.self = session.self;
        this.isProxy = proxy != null;
        this.url = proxy != null ? proxy : elsewhere(session.options, wanted);
        this.begin = begin;
        long connectTimeout = session.options.nanos("connect-timeout");
        this.deadline = Math.min(deadline, begin + (connectTimeout > 0 ? connectTimeout : DEFAULT_CONNECT_TIMEOUT));
    }

    private static CurlUrl elsewhere(CurlOptions options, CurlUrl wanted) throws CurlFailure {
        for (Map.Entry<String, String> entry : options.connectTo.entrySet()) {
            String[] from = entry.getKey().split(":", 2);
            boolean meant = (from[0].isEmpty() || from[0].equalsIgnoreCase(wanted.host()))
                    && (from[1].isEmpty() || from[1].equals(Integer.toString(wanted.port())));
            if (meant) {
                String[] to = entry.getValue().split(":", 2);
                return CurlUrl.parse(wanted.scheme() + "://" + (to[0].isEmpty() ? wanted.host() : to[0]) + ":"
                        + (to[1].isEmpty() ? wanted.port() : to[1]));
            }
        }
        return wanted;
    }

    /** How messages name it. */
    private String place() {
        String text = url.host().replaceAll("[\\[\\]]", "") + ":" + url.port();
        return isProxy ? text + " over proxy " + url.host() : text;
    }

    TcpSocket connect() throws CurlFailure {
        List<Integer> addresses = resolve();
        nameLookedUp = self.now();
        int failure = CurlFailure.NO_CONNECTION;
        for (int address : addresses) {
            session.info("  Trying " + Ipv4.text(address) + ":" + url.port() + "...");
            TcpSocket socket = open();
            if (!bind(socket)) {
                failure = CurlFailure.INTERFACE_FAILED;
                socket.close();
                continue;
            }
            long from = self.now();
            Errno error = SocketCalls.connect(self, socket, address, url.port(), Math.max(0, deadline + TIMER_SLACK - self.now()));
            if (error == null) {
                session.info("Established connection to " + url.host() + " (" + Ipv4.text(address) + " port " + url.port() + ") from "
                        + Ipv4.text(socket.localAddress()) + " port " + socket.localPort() + " ");
                return socket;
            }
            if (error == Errno.EINPROGRESS) {
                socket.close();
                throw timedOut();
            }
            if (self.now() == from && socket.localPort() == 0) {
                session.info("Immediate connect fail for " + Ipv4.text(address) + ": " + error.message());
            }
            session.info("connect to " + Ipv4.text(address) + " port " + url.port() + " from " + Ipv4.text(socket.localAddress()) + " port "
                    + socket.localPort() + " failed: " + error.message());
            socket.close();
        }
        String why = failure == CurlFailure.NO_CONNECTION ? "Could not connect to server" : "Failed binding local connection end";
        throw new CurlFailure(failure, "Failed to connect to " + place() + " after " + elapsed() + " ms: " + why);
    }

    private TcpSocket open() throws CurlFailure {
        try {
            TcpSocket socket = SocketCalls.tcp(self);
            socket.setNoDelay(true);
            return socket;
        } catch (KernelException e) {
            throw new CurlFailure(CurlFailure.NO_CONNECTION, "Failed to connect to " + place() + " after " + elapsed()
                    + " ms: Could not connect to server");
        }
    }

    private CurlFailure timedOut() {
        return new CurlFailure(CurlFailure.TIMEOUT, "Connection timed out after " + elapsed() + " milliseconds");
    }

    private long elapsed() {
        return (self.now() - begin) / MILLISECOND;
    }

    private List<Integer> resolve() throws CurlFailure {
        String host = url.host();
        Integer fixed = session.options.resolve.get(host.toLowerCase(Locale.ROOT) + ":" + url.port());
        if (fixed != null) {
            return List.of(fixed);
        }
        OptionalInt numeric = Resolver.parseAddress(host);
        if (session.wasResolved(url)) {
            session.info("Hostname " + host + " was found in DNS cache");
        }
        if (numeric.isPresent()) {
            return List.of(numeric.getAsInt());
        }
        if (session.options.has("ipv6") || host.startsWith("[")) {
            throw host.startsWith("[") ? new CurlFailure(CurlFailure.NO_CONNECTION, "Failed to connect to " + place()
                    + " after " + elapsed() + " ms: Could not connect to server") : unknownHost(host);
        }
        return switch (Resolver.lookup(self, host, !session.options.has("ipv4"))) {
            case Resolver.NotFound notFound -> {
                if (self.now() >= deadline) {
                    throw new CurlFailure(CurlFailure.TIMEOUT, "Resolving timed out after " + elapsed() + " milliseconds");
                }
                throw unknownHost(host);
            }
            case Resolver.Found found -> {
                tellResolved(host, found);
                yield found.addresses();
            }
        };
    }

    private void tellResolved(String host, Resolver.Found found) {
        boolean loopback = !session.options.has("ipv4") && HostsFile.read(self).ipv6Names().contains(host);
        session.info("Host " + url.hostPort() + " was resolved.");
        session.info("IPv6: " + (loopback ? "::1" : "(none)"));
        session.info("IPv4: " + found.addresses().stream().map(Ipv4::text).collect(Collectors.joining(", ")));
        if (loopback) {
            // IPv6 is off: there is no address to connect from
            session.info("  Trying [::1]:" + url.port() + "...");
            session.info("Immediate connect fail for ::1: " + Errno.EADDRNOTAVAIL.message());
            session.info("connect to ::1 port " + url.port() + " from :: port 0 failed: " + Errno.EADDRNOTAVAIL.message());
        }
    }

    private CurlFailure unknownHost(String host) {
        String what = "Could not resolve " + (isProxy ? "proxy" : "host") + ": " + host;
        session.info(what);
        return new CurlFailure(isProxy ? CurlFailure.NO_PROXY : CurlFailure.NO_HOST, what);
    }

    /** {@code --interface} and {@code --local-port}. */
    private boolean bind(TcpSocket socket) {
        String wanted = session.options.value("interface").replaceFirst("^(if|host)!", "");
        CurlOptions.PortRange ports = session.options.localPorts;
        int address = Ipv4.ANY;
        if (!wanted.isEmpty()) {
            NetDevice device = self.network().devices().find(wanted);
            if (device != null) {
                socket.bindToDevice(device);
            } else if (Ipv4.parse(wanted).isPresent()) {
                address = Ipv4.address(wanted);
            } else {
                return false;
            }
        }
        if (address == Ipv4.ANY && ports.first() == 0) {
            return true;
        }
        for (int port = ports.first(); port <= ports.last(); port++) {
            try {
                socket.bind(address, port);
                return true;
            } catch (KernelException e) {
                session.info("bind failed with errno " + e.errno().number() + ": " + e.errno().message());
            }
        }
        return false;
    }
}
