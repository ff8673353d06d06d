package dev.vethlab.engine.command.net.ss;

import dev.vethlab.engine.kernel.NetworkNamespace;
import dev.vethlab.engine.kernel.socket.AddressFamily;
import dev.vethlab.engine.kernel.socket.RawSocket;
import dev.vethlab.engine.kernel.socket.Socket;
import dev.vethlab.engine.kernel.socket.SocketOwner;
import dev.vethlab.engine.kernel.socket.UdpSocket;
import dev.vethlab.engine.kernel.socket.tcp.TcpListener;
import dev.vethlab.engine.kernel.socket.tcp.TcpSocket;
import dev.vethlab.engine.kernel.socket.tcp.TcpState;
import dev.vethlab.engine.process.Capability;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.ProcessContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The sockets of a namespace, IPv4 before IPv6, listeners before connections, by port: the kernel's hash tables have no better order. */
public final class SocketList {
    private static final Comparator<SocketRow> ORDER = Comparator.comparing((SocketRow row) -> row.family() != AddressFamily.INET)
            .thenComparing(row -> !row.isListening())
            .thenComparingInt(SocketRow::localPort);

    private final Map<Integer, Integer> visible = new TreeMap<>();

    private SocketList(EmulatedProcess reader) {
        reader.table().visibleTo(reader).forEach((number, process) -> {
            if (mayTrace(reader.context(), process.context())) {
                visible.put(process.pid(), number);
            }
        });
    }

    /** Whose descriptors somebody may read: one's own, or with the right to trace others ({@code ptrace_may_access}). */
    private static boolean mayTrace(ProcessContext reader, ProcessContext other) {
        return reader.may(Capability.SYS_PTRACE)
                || (reader.user().uid() == other.user().uid() && reader.capabilities().containsAll(other.capabilities()));
    }

    /** All sockets of one kind in {@code network}, as {@code reader} sees them. */
    public static List<SocketRow> of(SocketRow.Kind kind, NetworkNamespace network, EmulatedProcess reader) {
        var list = new SocketList(reader);
        List<SocketRow> rows = new ArrayList<>();
        switch (kind) {
            case RAW -> network.sockets().raw().forEach(socket -> rows.add(list.raw(socket)));
            case UDP -> network.sockets().udp().stream().filter(s -> s.localPort() != 0).forEach(socket -> rows.add(list.udp(socket)));
            case TCP -> {
                network.sockets().tcp().listeners().forEach(socket -> rows.add(list.listener(socket)));
                network.sockets().tcp().connections().forEach(socket -> rows.add(list.connection(socket)));
            }
        }
        rows.sort(ORDER);
        return rows;
    }

    private SocketRow raw(RawSocket socket) {
        return row(SocketRow.Kind.RAW, TcpState.CLOSED, 0, 0, socket, socket.protocol(), null);
    }

    private SocketRow udp(UdpSocket socket) {
        TcpState state = socket.remotePort() == 0 ? TcpState.CLOSED : TcpState.ESTABLISHED;
        return row(SocketRow.Kind.UDP, state, socket.receiveQueue(), 0, socket, socket.localPort(), null);
    }

    private SocketRow listener(TcpListener socket) {
        return row(SocketRow.Kind.TCP, TcpState.LISTEN, socket.waiting(), socket.backlog(), socket, socket.localPort(), null);
    }

    private SocketRow connection(TcpSocket socket) {
        return row(SocketRow.Kind.TCP, socket.state(), socket.receiveQueue(), socket.sendQueue(), socket, socket.localPort(),
                socket.runningTimer());
    }

    private SocketRow row(SocketRow.Kind kind, TcpState state, int receiveQueue, int sendQueue, Socket socket, int localPort,
            TcpSocket.@Nullable RunningTimer timer) {
        return new SocketRow(kind, state, receiveQueue, sendQueue, socket.family(), socket.localAddress(), localPort,
                socket.remoteAddress(),
                socket.remotePort(), socket.device(), users(socket, state), timer, socket);
    }

    private List<SocketRow.User> users(Socket socket, TcpState state) {
        List<SocketRow.User> users = new ArrayList<>();
        if (socket.isClosed() || state == TcpState.TIME_WAIT || state == TcpState.SYN_RECEIVED) {
            return users;
        }
        for (SocketOwner holder : socket.holders().reversed()) {
            Integer pid = visible.get(holder.pid());
            if (pid != null) {
                users.add(new SocketRow.User(holder.program(), pid, holder.descriptor()));
            }
        }
        return users;
    }
}
