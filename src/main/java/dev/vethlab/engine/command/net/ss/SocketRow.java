package dev.vethlab.engine.command.net.ss;

import dev.vethlab.engine.kernel.device.NetDevice;
import dev.vethlab.engine.kernel.socket.AddressFamily;
import dev.vethlab.engine.kernel.socket.Socket;
import dev.vethlab.engine.kernel.socket.tcp.TcpSocket;
import dev.vethlab.engine.kernel.socket.tcp.TcpState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One socket as {@code ss} and {@code netstat} list it.
 *
 * @param state of UDP and raw sockets, ESTABLISHED if connected and otherwise CLOSED
 * @param sendQueue of a listener, the backlog
 * @param localPort of a raw socket, the protocol
 * @param users the processes that hold it, and under which descriptor, the latest first; only those that the reader sees
 */
public record SocketRow(
        Kind kind,
        TcpState state,
        int receiveQueue,
        int sendQueue,
        AddressFamily family,
        int localAddress,
        int localPort,
        int remoteAddress,
        int remotePort,
        @Nullable NetDevice device,
        List<User> users,
        TcpSocket.@Nullable RunningTimer timer,
        Socket socket) {
    /** The tables, in the order in which {@code ss} shows them. */
    public enum Kind {
        RAW,
        UDP,
        TCP;

        public String text() {
            return switch (this) {
                case RAW -> "raw";
                case UDP -> "udp";
                case TCP -> "tcp";
            };
        }
    }

    /** @param pid as the reader's PID namespace numbers it */
    public record User(String program, int pid, int descriptor) {}

    /** {@code ss -e}: who owns it, its numbers, and which ways are still open. */
    String details() {
        boolean waits = state == TcpState.TIME_WAIT;
        boolean heard = state == TcpState.CLOSE_WAIT || state == TcpState.LAST_ACK || state == TcpState.CLOSING;
        boolean said = state == TcpState.LAST_ACK || state == TcpState.CLOSING || state == TcpState.FIN_WAIT_1
                || state == TcpState.FIN_WAIT_2;
        int uid = socket.owner().uid();
        return (uid == 0 ? "" : " uid:" + uid) + " ino:" + (waits ? 0 : socket.inode()) + " sk:" + Long.toHexString(socket.inode() & 0xFFFF)
                + (waits ? "" : " cgroup:/ " + (heard ? "-" : "<") + "-" + (said ? "-" : ">"));
    }

    public boolean isListening() {
        return state == TcpState.LISTEN;
    }
}
