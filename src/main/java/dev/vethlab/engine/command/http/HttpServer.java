package dev.vethlab.engine.command.http;

import dev.vethlab.engine.kernel.socket.tcp.TcpListener;
import dev.vethlab.engine.kernel.socket.tcp.TcpSocket;
import dev.vethlab.engine.packet.Bytes;
import dev.vethlab.engine.process.EmulatedProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * The serving side of HTTP/1.x: takes connections of a listener, reads requests, writes what a handler answers. Made of callbacks, so
 * that an idle server costs nothing.
 */
public final class HttpServer {
    private static final int MAX_HEAD = 16_384;
    private static final int MAX_BODY = 1 << 20;
    private static final int CHUNK = 65_536;

    private final EmulatedProcess self;
    private final Function<String, Start> start;
    private final Function<HttpRequest, Answer> handler;
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

    /** What the first line of a request is to a server. */
    public enum Start {
        /** Nothing: the request begins behind it. */
        SKIPPED,

        /** All of the request. */
        WHOLE,

        /** The beginning of its head. */
        HEAD
    }

    /** A server that reads every first line as the beginning of a head. */
    public HttpServer(EmulatedProcess self, Timing timing, Function<HttpRequest, Answer> handler) {
        this(self, timing, line -> Start.HEAD, handler);
    }

    /** @param start tells what a first line is, when it is there */
    public HttpServer(EmulatedProcess self, Timing timing, Function<String, Start> start, Function<HttpRequest, Answer> handler) {
        this.self = self;
        this.start = start;
        this.handler = handler;
        this.timing = timing;
        self.onExit(() -> List.copyOf(open).forEach(TcpSocket::close));
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
            Start kind = line < 0 ? Start.HEAD : start.apply(input.slice(0, line).text().strip());
            if (kind == Start.SKIPPED) {
                input = input.slice(line);
                readRequest();
                return;
            }
            int end = kind == Start.WHOLE ? line : HttpHead.end(input);
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
            input = input.slice(end + (int) length);
            answering = true;
            self.simulation().schedule(timing.answer(), () -> self.whenRunning(() -> answer(request)));
        }

        private void answer(HttpRequest request) {
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
