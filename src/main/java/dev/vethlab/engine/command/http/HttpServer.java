package dev.vethlab.engine.command.http;

import dev.vethlab.engine.kernel.socket.tcp.TcpListener;
import dev.vethlab.engine.kernel.socket.tcp.TcpSocket;
import dev.vethlab.engine.packet.Bytes;
import dev.vethlab.engine.process.EmulatedProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The serving side of HTTP/1.x: takes connections of a listener, reads requests, writes what a handler answers. Made of callbacks, so
 * that an idle server costs nothing.
 */
public final class HttpServer {
    private static final int MAX_HEAD = 16_384;
    private static final int MAX_BODY = 1 << 20;
    private static final int CHUNK = 65_536;

    private final EmulatedProcess self;
    private final Function<String, Opening> reader;
    private final Timing timing;
    private final List<TcpSocket> open = new ArrayList<>();

    /**
     * An answer.
     *
     * @param writes what is written, each in a call of its own
     * @param keepAlive whether the connection stays open
     */
    public record Answer(List<Bytes> writes, boolean keepAlive) {}

    /**
     * How long the server takes, in nanoseconds.
     *
     * @param answer from the request to the first byte
     * @param close from the last byte, or the client's FIN, to its own FIN
     */
    public record Timing(long answer, long close) {}

    /**
     * What the first line of a request says to a server.
     *
     * @param handler answers the request when all of it is there
     */
    public record Opening(Extent extent, Function<HttpRequest, Answer> handler) {}

    /** How much there is to read of a request that begins so. */
    public enum Extent {
        /** Nothing: the request begins behind this line. */
        SKIPPED,

        /** This line alone. */
        LINE,

        /** A head, and the body that it announces. */
        HEAD
    }

    /** A server to which every first line is the beginning of a head. */
    public HttpServer(EmulatedProcess self, Timing timing, Function<HttpRequest, Answer> handler) {
        this(self, line -> new Opening(Extent.HEAD, handler), timing);
    }

    private HttpServer(EmulatedProcess self, Function<String, Opening> reader, Timing timing) {
        this.self = self;
        this.reader = reader;
        this.timing = timing;
        self.onExit(() -> List.copyOf(open).forEach(TcpSocket::close));
    }

    /** @param reader is asked once for each first line, when it is there, without its end */
    public static HttpServer byFirstLine(EmulatedProcess self, Timing timing, Function<String, Opening> reader) {
        return new HttpServer(self, reader, timing);
    }

    /** Serves whoever connects. */
    public void serve(TcpListener listener) {
        listener.onChange(() -> self.whenRunning(() -> accept(listener)));
    }

    private void accept(TcpListener listener) {
        for (TcpSocket socket = listener.accept(); socket != null; socket = listener.accept()) {
            open.add(socket);
            socket.setNoDelay(false);
            var connection = new Connection(socket);
            socket.onChange(() -> self.whenRunning(connection::work));
            connection.work();
        }
    }

    private final class Connection {
        private final TcpSocket socket;
        private Bytes input = Bytes.EMPTY;
        private Bytes output = Bytes.EMPTY;
        private boolean answering;
        private boolean closing;
        private boolean closeScheduled;
        /** Of the request whose first line is there, but not yet all of it. */
        private @Nullable Opening opening;

        Connection(TcpSocket socket) {
            this.socket = socket;
        }

        void work() {
            if (socket.isClosed()) {
                return;
            }
            if (socket.hasError() || !socket.isConnected()) {
                end();
                return;
            }
            write();
            while (!answering && !closing && socket.receiveQueue() > 0 && input.length() < MAX_HEAD + MAX_BODY) {
                input = input.concat(socket.read(CHUNK));
                readRequest();
            }
            if (!answering && (closing && output.isEmpty() && !socket.hasUnsentData() || socket.atEnd())) {
                scheduleClose();
            }
        }

        private void readRequest() {
            int line = HttpHead.lineEnd(input);
            if (opening == null && line >= 0) {
                opening = reader.apply(HttpHead.parse(input.slice(0, line)).start());
            }
            if (opening != null && opening.extent() == Extent.SKIPPED) {
                opening = null;
                input = input.slice(line);
                readRequest();
                return;
            }
            int end = opening == null ? -1 : opening.extent() == Extent.LINE ? line : HttpHead.end(input);
            if (end < 0) {
                if (input.length() > MAX_HEAD) {
                    end();
                }
                return;
            }
            HttpHead head = HttpHead.parse(input.slice(0, end));
            long length = Math.max(0, head.contentLength());
            if (length > MAX_BODY) {
                end();
                return;
            }
            if (input.length() < end + length) {
                return;
            }
            var request = new HttpRequest(head, input.slice(end, end + (int) length), socket.remoteAddress(), socket.remotePort(),
                    socket.localAddress(), socket.localPort());
            Function<HttpRequest, Answer> handler = opening.handler();
            opening = null;
            input = input.slice(end + (int) length);
            answering = true;
            self.simulation().schedule(timing.answer(), () -> self.whenRunning(() -> answer(handler, request)));
        }

        private void answer(Function<HttpRequest, Answer> handler, HttpRequest request) {
            if (socket.isClosed()) {
                return;
            }
            Answer answer = handler.apply(request);
            for (Bytes part : answer.writes()) {
                output = output.concat(part);
                write();
            }
            answering = false;
            closing = !answer.keepAlive();
            if (!closing && !input.isEmpty()) {
                readRequest();
            }
            work();
        }

        private void write() {
            if (!output.isEmpty()) {
                int taken = socket.write(output);
                output = taken < 0 ? Bytes.EMPTY : output.slice(taken);
            }
        }

        private void scheduleClose() {
            if (!closeScheduled) {
                closeScheduled = true;
                self.simulation().schedule(timing.close(), () -> self.whenRunning(this::end));
            }
        }

        private void end() {
            open.remove(socket);
            socket.close();
        }
    }
}
