package dev.vethlab.engine.command.server;

import dev.vethlab.engine.command.http.HttpDate;
import dev.vethlab.engine.command.http.HttpHead;
import dev.vethlab.engine.command.http.HttpRequest;
import dev.vethlab.engine.command.http.HttpServer;
import dev.vethlab.engine.command.net.Getopt;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.kernel.device.InterfaceAddress;
import dev.vethlab.engine.kernel.device.NetDevice;
import dev.vethlab.engine.kernel.socket.AddressFamily;
import dev.vethlab.engine.kernel.socket.tcp.TcpListener;
import dev.vethlab.engine.packet.Bytes;
import dev.vethlab.engine.packet.Ipv4;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.SocketCalls;
import java.util.Comparator;
import java.util.List;

/** {@code traefik/whoami}: answers with the host's name, its addresses, and the request as it came. */
public final class Whoami {
    private static final HttpServer.Timing TIMING = new HttpServer.Timing(150_000, 60_000);
    private static final int BACKLOG = 4096;

    private final EmulatedProcess self;

    private Whoami(EmulatedProcess self) {
        this.self = self;
    }

    public static void start(EmulatedProcess self) {
        Getopt options = Getopt.parse(self.arguments(), "", "port:", "name:", "verbose");
        String wanted = options.value("port");
        String given = self.context().environment().get("WHOAMI_PORT_NUMBER");
        String port = wanted != null ? wanted : given != null ? given : "80";
        try {
            TcpListener listener = SocketCalls.listen(self, AddressFamily.INET6_DUAL, Ipv4.ANY,
                    port.matches("\\d{1,5}") ? Integer.parseInt(port) : 80, BACKLOG);
            ServerOutput.error(self, "Starting up on port " + listener.localPort());
            var whoami = new Whoami(self);
            new HttpServer(self, TIMING, whoami::answer).serve(listener);
        } catch (KernelException e) {
            ServerOutput.error(self, "listen tcp :" + port + ": bind: " + e.errno().message().toLowerCase(java.util.Locale.ROOT));
            self.exit(1);
        }
    }

    private HttpServer.Answer answer(HttpRequest request) {
        var body = new StringBuilder("Hostname: " + self.context().uts().hostname() + "\n");
        for (NetDevice device : self.network().devices().all()) {
            for (InterfaceAddress address : device.addresses()) {
                body.append("IP: ").append(Ipv4.text(address.address())).append('\n');
            }
        }
        body.append("RemoteAddr: ").append(Ipv4.text(request.peer())).append(':').append(request.peerPort()).append('\n')
                .append(request.head().start()).append('\n');
        String host = request.head().field("Host");
        body.append("Host: ").append(host == null ? "" : host).append('\n');
        request.head().fields().stream()
                .filter(field -> !field.name().equalsIgnoreCase("Host"))
                .sorted(Comparator.comparing(HttpHead.Field::name))
                .forEach(field -> body.append(field.name()).append(": ").append(field.value()).append('\n'));
        body.append('\n');
        Bytes content = Bytes.of(body.toString());
        String head = "HTTP/1.1 200 OK\r\nDate: " + HttpDate.header(self.now()) + "\r\nContent-Length: " + content.length()
                + "\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n";
        Bytes sent = request.method().equals("HEAD") ? Bytes.EMPTY : content;
        return new HttpServer.Answer(List.of(Bytes.of(head).concat(sent)), request.keepsAlive());
    }
}
