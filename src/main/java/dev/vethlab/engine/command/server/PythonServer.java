package dev.vethlab.engine.command.server;

import dev.vethlab.engine.command.http.HttpRequest;
import dev.vethlab.engine.command.http.HttpServer;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.kernel.socket.AddressFamily;
import dev.vethlab.engine.kernel.socket.tcp.TcpListener;
import dev.vethlab.engine.packet.Ipv4;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.Resident;
import dev.vethlab.engine.process.SocketCalls;
import java.util.function.BiFunction;

/** A little Python program of the worlds: a {@code ThreadingHTTPServer} on a port of all addresses that answers with one line. */
public final class PythonServer {
    private static final int BACKLOG = 5;
    /** The image's program takes longer to close than a client does, so that both ends' FINs meet on the way. */
    private static final HttpServer.Timing MY_APP = new HttpServer.Timing(600_000, 160_000);

    private PythonServer() {}

    /** The image my-app's program: {@code HOSTNAME saw PEER}. */
    public static Resident myApp() {
        return oneLiner(5001, MY_APP, (self, request) -> self.context().uts().hostname() + " saw " + Ipv4.text(request.peer()) + "\n");
    }

    /** The machine internet's program: {@code remote=ADDR:PORT}. */
    public static Resident internet() {
        return oneLiner(80, PythonHttp.TIMING, (self, request) -> "remote=" + Ipv4.text(request.peer()) + ":" + request.peerPort() + "\n");
    }

    private static Resident oneLiner(int port, HttpServer.Timing timing, BiFunction<EmulatedProcess, HttpRequest, String> line) {
        return self -> {
            self.setName("python3");
            try {
                TcpListener listener = SocketCalls.listen(self, AddressFamily.INET, Ipv4.ANY, port, BACKLOG);
                new HttpServer(self, timing, request -> PythonHttp.text(self.now(), request, line.apply(self, request)))
                        .serve(listener);
            } catch (KernelException e) {
                ServerOutput.error(self, "OSError: [Errno " + e.errno().number() + "] " + e.errno().message());
                self.exit(1);
            }
        };
    }
}
