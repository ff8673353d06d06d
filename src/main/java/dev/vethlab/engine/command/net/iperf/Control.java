package dev.vethlab.engine.command.net.iperf;

import dev.vethlab.engine.kernel.socket.tcp.TcpSocket;
import dev.vethlab.engine.packet.Bytes;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.SocketCalls;
import org.jspecify.annotations.Nullable;

/** The control connection: one byte tells what comes next, parameters and results are JSON behind their length ({@code iperf_api.h}). */
record Control(EmulatedProcess self, TcpSocket socket) {
    static final int COOKIE_LENGTH = 37;
    private static final int MAX_JSON = 64 << 10;

    /** What a test has come to. */
    enum State {
        TEST_START(1),
        TEST_RUNNING(2),
        TEST_END(4),
        PARAM_EXCHANGE(9),
        CREATE_STREAMS(10),
        SERVER_TERMINATE(11),
        CLIENT_TERMINATE(12),
        EXCHANGE_RESULTS(13),
        DISPLAY_RESULTS(14),
        IPERF_START(15),
        IPERF_DONE(16),
        ACCESS_DENIED(-1),
        SERVER_ERROR(-2);

        private final int code;

        State(int code) {
            this.code = code;
        }
    }

    void send(State state) {
        SocketCalls.write(self, socket, Bytes.of(new byte[] {(byte) state.code}));
    }

    void send(String json) {
        Bytes text = Bytes.of(json);
        SocketCalls.write(self, socket, Bytes.ofWords(text.length()).concat(text));
    }

    void sendCookie(String cookie) {
        SocketCalls.write(self, socket, Bytes.of(cookie + "\0"));
    }

    /** The next state; waits for it. Null if the connection is at its end. */
    @Nullable State next() {
        Bytes code = read(1);
        for (State state : State.values()) {
            if (!code.isEmpty() && state.code == (byte) code.get(0)) {
                return state;
            }
        }
        return null;
    }

    /** Waits for the state that must come now. */
    void expect(State wanted) throws IperfException {
        State state = next();
        if (state == wanted) {
            return;
        }
        if (state == State.ACCESS_DENIED) {
            throw IperfException.error("the server is busy running a test. try again later");
        }
        if (state == State.SERVER_TERMINATE) {
            throw IperfException.error("the server has terminated");
        }
        throw IperfException.error(state == null ? "control socket has closed unexpectedly" : "received an unknown control message");
    }

    String text() throws IperfException {
        Bytes head = read(4);
        int length = head.length() < 4 ? -1 : head.word(0);
        if (length < 0 || length > MAX_JSON) {
            throw IperfException.error("unable to receive control message - port may not be available, the other side may have stopped "
                    + "running, etc.");
        }
        return read(length).text();
    }

    /** Exactly so many bytes; fewer only at the end of the connection. */
    Bytes read(int count) {
        Bytes all = Bytes.EMPTY;
        while (all.length() < count) {
            SocketCalls.awaitReadable(self, socket, EmulatedProcess.FOREVER);
            Bytes part = socket.read(count - all.length());
            if (part.isEmpty()) {
                return Bytes.EMPTY;
            }
            all = all.concat(part);
        }
        return all;
    }
}
