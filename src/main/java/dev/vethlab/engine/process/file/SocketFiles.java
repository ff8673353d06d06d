package dev.vethlab.engine.process.file;

import dev.vethlab.engine.kernel.NetworkNamespace;
import dev.vethlab.engine.kernel.socket.AddressFamily;
import dev.vethlab.engine.kernel.socket.RawSocket;
import dev.vethlab.engine.kernel.socket.Socket;
import dev.vethlab.engine.kernel.socket.UdpSocket;
import dev.vethlab.engine.kernel.socket.tcp.TcpListener;
import dev.vethlab.engine.kernel.socket.tcp.TcpSocket;
import dev.vethlab.engine.kernel.socket.tcp.TcpState;
import java.util.Map;

/** {@code /proc/net/tcp} and {@code udp}: a line a socket of IPv4 ({@code tcp4_seq_show}, {@code udp4_seq_show}). */
final class SocketFiles {
    private static final String HEADING = "local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode";
    private static final int STREAM_WIDTH = 149;
    private static final int DATAGRAM_WIDTH = 127;
    /** A line is numbered by the socket's place in the table, which the port tells. */
    private static final int BUCKETS = 4095;
    /** Kernel addresses are hidden ({@code %pK}). */
    private static final String POINTER = "0000000000000000";
    private static final String NO_TIMER = "00:00000000 00000000";

    private SocketFiles() {}

    static void addTo(Map<String, Node> files, NetworkNamespace network) {
        files.put("tcp", SpecialFile.generated(reader -> tcp(network)));
        files.put("raw", SpecialFile.generated(reader -> raw(network)));
        files.put("udp", SpecialFile.generated(reader -> udp(network)));
    }

    private static String tcp(NetworkNamespace network) {
        var text = new StringBuilder(padded("  sl  " + HEADING, STREAM_WIDTH));
        int number = 0;
        for (TcpListener socket : network.sockets().tcp().listeners()) {
            if (socket.family() == AddressFamily.INET) {
                String line = line(number++, socket, TcpState.LISTEN, 0, socket.waiting(), NO_TIMER);
                text.append(padded(line + " 1 " + POINTER + " 100 0 0 10 0", STREAM_WIDTH));
            }
        }
        for (TcpSocket socket : network.sockets().tcp().connections()) {
            if (socket.family() == AddressFamily.INET) {
                String line = line(number++, socket, socket.state(), socket.sendQueue(), socket.receiveQueue(), timer(socket));
                text.append(padded(line + " 1 " + POINTER + " 20 4 0 10 -1", STREAM_WIDTH));
            }
        }
        return text.toString();
    }

    private static String udp(NetworkNamespace network) {
        var text = new StringBuilder(datagramHeading("   sl  "));
        for (UdpSocket socket : network.sockets().udp()) {
            if (socket.family() == AddressFamily.INET && socket.localPort() != 0) {
                TcpState state = socket.remotePort() == 0 ? TcpState.CLOSED : TcpState.ESTABLISHED;
                String line = line(socket.localPort() & BUCKETS, socket, state, 0, socket.receiveQueue(), NO_TIMER);
                text.append(padded(" " + line + " 2 " + POINTER + " 0", DATAGRAM_WIDTH));
            }
        }
        return text.toString();
    }

    static String datagramHeading(String number) {
        return padded(number + HEADING + " ref pointer drops", DATAGRAM_WIDTH);
    }

    private static String line(int number, Socket socket, TcpState state, int sendQueue, int receiveQueue, String timer) {
        return line(number, socket, socket.localPort(), state, sendQueue, receiveQueue, timer);
    }

    private static String line(int number, Socket socket, int port, TcpState state, int sendQueue, int receiveQueue, String timer) {
        return String.format("%4d: %08X:%04X %08X:%04X %02X %08X:%08X %s %5d %8d %d", number, Integer.reverseBytes(socket.localAddress()),
                port, Integer.reverseBytes(socket.remoteAddress()), socket.remotePort(), number(state), sendQueue,
                receiveQueue, timer, socket.owner().uid(), 0, socket.inode());
    }

    /** {@code raw_seq_show}: the protocol stands where others have the port. */
    private static String raw(NetworkNamespace network) {
        var text = new StringBuilder("  sl  " + HEADING + " ref pointer drops\n");
        for (RawSocket socket : network.sockets().raw()) {
            String line = line(socket.protocol(), socket, socket.protocol(), TcpState.CLOSED, 0, 0, NO_TIMER);
            text.append(line).append(" 2 ").append(POINTER).append(" 0\n");
        }
        return text.toString();
    }

    /** Which timer runs, until when in hundredths of a second, and how often it has. */
    private static String timer(TcpSocket socket) {
        TcpSocket.RunningTimer timer = socket.runningTimer();
        if (timer == null) {
            return NO_TIMER;
        }
        int kind = switch (timer.name()) {
            case "on" -> 1;
            case "keepalive" -> 2;
            case "timewait" -> 3;
            default -> 4;
        };
        return String.format("%02X:%08X %08X", kind, timer.remaining() / 10_000_000, timer.retransmissions());
    }

    /** {@code include/net/tcp_states.h}. */
    private static int number(TcpState state) {
        return switch (state) {
            case ESTABLISHED -> 1;
            case SYN_SENT -> 2;
            case SYN_RECEIVED -> 3;
            case FIN_WAIT_1 -> 4;
            case FIN_WAIT_2 -> 5;
            case TIME_WAIT -> 6;
            case CLOSED -> 7;
            case CLOSE_WAIT -> 8;
            case LAST_ACK -> 9;
            case LISTEN -> 10;
            case CLOSING -> 11;
        };
    }

    private static String padded(String line, int width) {
        return line + " ".repeat(Math.max(0, width - line.length())) + "\n";
    }
}
