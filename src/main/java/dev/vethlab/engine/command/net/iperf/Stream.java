package dev.vethlab.engine.command.net.iperf;

import dev.vethlab.engine.kernel.Errno;
import dev.vethlab.engine.kernel.socket.Socket;
import dev.vethlab.engine.kernel.socket.UdpSocket;
import dev.vethlab.engine.kernel.socket.tcp.TcpSocket;
import dev.vethlab.engine.packet.Bytes;
import dev.vethlab.engine.process.EmulatedProcess;

/** One stream of data at one of its ends, and what is counted there. */
final class Stream {
    private static final int READ = 1 << 20;
    private static final double NANOS = 1e9;
    /** Seconds, microseconds and number of a datagram, at its beginning. */
    private static final int STAMP = 12;

    final int id;
    final int descriptor;
    private final EmulatedProcess self;
    private final Socket socket;
    private final Bytes block;
    private int pending;
    private long bytes;
    private long blocks;
    private long packets;
    private long lost;
    private double jitter;
    private double transit = Double.NaN;

    /** What had been counted when the last interval ended. */
    private long reportedBytes;
    private long reportedPackets;
    private long reportedLost;
    private long reportedRetransmits;

    /**
     * @param index its place among the streams, from 0: each has an id, and one for its other direction, did it go both ways
     * @param first the descriptor of the first
     */
    Stream(EmulatedProcess self, int index, int first, Socket socket, int length) {
        this.self = self;
        this.id = index == 0 ? 1 : index + 2;
        this.descriptor = first + 2 * index;
        this.socket = socket;
        this.block = Bytes.of(new byte[length]);
    }

    Socket socket() {
        return socket;
    }

    // ---- out ----

    /** The virtual time from which on the next block may go at this rate ({@code iperf_check_throttle}). */
    long due(long start, long rate) {
        return rate == 0 || pending > 0 ? start : start + (long) (bytes * 8 * NANOS / rate);
    }

    boolean canSend() {
        return switch (socket) {
            case TcpSocket tcp -> tcp.canWrite() || !tcp.state().maySend();
            default -> true;
        };
    }

    /** Sends a block, or as much of it as there is room for; how many bytes that were. */
    int send() throws IperfException {
        int sent = switch (socket) {
            case TcpSocket tcp -> sendSome(tcp);
            case UdpSocket udp -> sendDatagram(udp);
            default -> throw new IllegalStateException("a stream of " + socket.text());
        };
        bytes += sent;
        return sent;
    }

    private int sendSome(TcpSocket tcp) throws IperfException {
        if (pending == 0) {
            pending = block.length();
        }
        int taken = tcp.write(block.slice(0, pending));
        if (taken < 0) {
            throw IperfException.error("unable to write to stream socket: " + Errno.ECONNRESET.message());
        }
        pending -= taken;
        blocks += pending == 0 ? 1 : 0;
        return taken;
    }

    private int sendDatagram(UdpSocket udp) {
        packets++;
        blocks++;
        Bytes stamp = Bytes.ofWords((int) (self.now() / 1_000_000_000L), (int) (self.now() % 1_000_000_000L / 1000), (int) packets);
        udp.send(stamp.concat(block.slice(STAMP)));
        return block.length();
    }

    // ---- in ----

    /** Counts whatever comes in, from now on. */
    void receive() {
        socket.onChange(this::drain);
        drain();
    }

    private void drain() {
        switch (socket) {
            case TcpSocket tcp -> {
                for (Bytes data = tcp.read(READ); !data.isEmpty(); data = tcp.read(READ)) {
                    bytes += data.length();
                }
            }
            case UdpSocket udp -> {
                for (UdpSocket.Datagram next = udp.receive(); next != null; next = udp.receive()) {
                    take(next.data());
                }
            }
            default -> throw new IllegalStateException("a stream of " + socket.text());
        }
    }

    /** A datagram: gaps in the numbers are losses, and changes of the time under way are jitter (RFC 3550 §6.4.1). */
    private void take(Bytes data) {
        if (data.length() < STAMP) {
            return;
        }
        bytes += data.length();
        int number = data.word(8);
        if (number > packets) {
            lost += number - packets - 1;
            packets = number;
        } else if (lost > 0) {
            lost--;
        }
        double sent = data.word(0) + data.word(4) / 1e6;
        double now = self.now() / NANOS - sent;
        if (!Double.isNaN(transit)) {
            jitter += (Math.abs(now - transit) - jitter) / 16;
        }
        transit = now;
    }

    // ---- what was counted ----

    long bytes() {
        return bytes;
    }

    long blocks() {
        return blocks;
    }

    private long retransmits() {
        return socket instanceof TcpSocket tcp ? tcp.retransmissions() : 0;
    }

    /** The congestion window, in bytes. */
    long window() {
        return socket instanceof TcpSocket tcp ? tcp.congestionWindow() : 0;
    }

    boolean hasNews() {
        return bytes != reportedBytes;
    }

    /** What came to this since the last call. */
    Outcome interval(double seconds) {
        var since = new Outcome(id, bytes - reportedBytes, retransmits() - reportedRetransmits, jitter, lost - reportedLost,
                packets - reportedPackets, seconds);
        reportedBytes = bytes;
        reportedRetransmits = retransmits();
        reportedLost = lost;
        reportedPackets = packets;
        return since;
    }

    /** All of it. */
    Outcome total(double seconds) {
        return new Outcome(id, bytes, retransmits(), jitter, lost, packets, seconds);
    }
}
