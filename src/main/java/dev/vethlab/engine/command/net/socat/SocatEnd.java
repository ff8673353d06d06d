package dev.vethlab.engine.command.net.socat;

import dev.vethlab.engine.kernel.Errno;
import dev.vethlab.engine.kernel.socket.UdpSocket;
import dev.vethlab.engine.kernel.socket.tcp.TcpSocket;
import dev.vethlab.engine.packet.Bytes;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.SocketCalls;
import dev.vethlab.engine.process.file.OpenFile;
import dev.vethlab.engine.sim.WaitQueue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An address that was opened: something to read from and to write to. */
sealed interface SocatEnd {
    int CHUNK = 8192;

    List<WaitQueue> queues();

    boolean canRead();

    /** What is there; empty at the end. */
    Bytes read() throws SocatFailure;

    /** Writes all of {@code data}. */
    void write(Bytes data) throws SocatFailure;

    /** Nothing more will be written. */
    void shutdown();

    /** Lets go of it; waits for a program that is behind it. */
    void close() throws SocatFailure;

    /** The failure of a call on a socket, as the log has it. */
    private static SocatFailure failed(String call, int length, Errno error) {
        return new SocatFailure("E " + call + "(5, 0x558eee4c3000, " + length + "): " + error.message());
    }

    /** Standard input and output, or a file. */
    record Files(EmulatedProcess self, OpenFile input, OpenFile output) implements SocatEnd {
        @Override
        public List<WaitQueue> queues() {
            return input.readable();
        }

        @Override
        public boolean canRead() {
            return input.canRead();
        }

        @Override
        public Bytes read() {
            return input.read(self, CHUNK);
        }

        @Override
        public void write(Bytes data) {
            output.write(self, data);
        }

        @Override
        public void shutdown() {}

        @Override
        public void close() {}
    }

    /** A program, by the pipes to and from it. */
    final class Command implements SocatEnd {
        private final EmulatedProcess self;
        private final EmulatedProcess program;
        private final OpenFile input;
        private @Nullable OpenFile output;

        /** Holds both ends until this process ends. */
        Command(EmulatedProcess self, EmulatedProcess program, OpenFile input, OpenFile output) {
            this.self = self;
            this.program = program;
            this.input = input;
            this.output = output;
            input.retain();
            output.retain();
            self.onExit(() -> {
                shutdown();
                input.release();
            });
        }

        @Override
        public List<WaitQueue> queues() {
            return input.readable();
        }

        @Override
        public boolean canRead() {
            return input.canRead();
        }

        @Override
        public Bytes read() {
            return input.read(self, CHUNK);
        }

        @Override
        public void write(Bytes data) {
            if (output != null) {
                output.write(self, data);
            }
        }

        @Override
        public void shutdown() {
            if (output != null) {
                output.release();
                output = null;
            }
        }

        @Override
        public void close() throws SocatFailure {
            shutdown();
            int status = program.hasEnded() || program.name().equals("socat") ? self.waitFor(program) : 0;
            if (status != 0) {
                throw new SocatFailure("W waitpid(): child " + program.namespacePid() + " exited with status " + status);
            }
        }
    }

    /** A TCP connection. */
    record Stream(EmulatedProcess self, TcpSocket socket) implements SocatEnd {
        @Override
        public List<WaitQueue> queues() {
            return List.of(socket.changed());
        }

        @Override
        public boolean canRead() {
            return socket.canRead();
        }

        @Override
        public Bytes read() throws SocatFailure {
            Bytes data = socket.read(CHUNK);
            Errno error = data.isEmpty() ? socket.takeError() : null;
            if (error != null) {
                throw failed("read", CHUNK, error);
            }
            return data;
        }

        @Override
        public void write(Bytes data) throws SocatFailure {
            if (!SocketCalls.write(self, socket, data)) {
                throw failed("write", data.length(), Errno.EPIPE);
            }
        }

        @Override
        public void shutdown() {
            socket.shutdown();
        }

        @Override
        public void close() {
            socket.close();
        }
    }

    /** Datagrams to and from one peer. */
    final class Datagrams implements SocatEnd {
        private final UdpSocket socket;
        private final int address;
        private final int port;
        private @Nullable Bytes first;
        private final boolean once;

        /**
         * Sends to this peer; a {@code port} of 0 sends to nobody.
         *
         * @param first what the peer has sent already, or null
         * @param once whether nothing is read after that
         */
        Datagrams(UdpSocket socket, int address, int port, @Nullable Bytes first, boolean once) {
            this.socket = socket;
            this.address = address;
            this.port = port;
            this.first = first;
            this.once = once;
        }

        @Override
        public List<WaitQueue> queues() {
            return List.of(socket.changed());
        }

        @Override
        public boolean canRead() {
            if (first == null && !once && socket.remotePort() == 0) {
                skipEmpty();
            }
            return first != null || once || socket.canRead();
        }

        /** From whoever sends, an empty datagram is nothing; from a peer it is the end. */
        private void skipEmpty() {
            while (first == null && socket.canRead()) {
                UdpSocket.Datagram next = socket.receive();
                if (next == null) {
                    return;
                }
                first = next.data().isEmpty() ? null : next.data();
            }
        }

        @Override
        public Bytes read() throws SocatFailure {
            if (first != null) {
                Bytes data = first;
                first = null;
                return data;
            }
            Errno error = once ? null : socket.takeError();
            if (error != null) {
                throw failed("read", CHUNK, error);
            }
            UdpSocket.Datagram next = once ? null : socket.receive();
            return next == null ? Bytes.EMPTY : next.data();
        }

        @Override
        public void write(Bytes data) throws SocatFailure {
            Errno error = port == 0 ? null : socket.sendTo(address, port, data);
            if (error != null) {
                throw failed(socket.remotePort() == 0 ? "sendto" : "write", data.length(), error);
            }
        }

        @Override
        public void shutdown() {
            if (socket.remotePort() != 0) {
                // shut-null, the default of connected datagram sockets: an empty datagram says that no more comes
                socket.sendTo(address, port, Bytes.EMPTY);
            }
        }

        @Override
        public void close() {}
    }
}
