package dev.vethlab.engine.command.net.ss;

import dev.vethlab.engine.kernel.NetworkNamespace;
import dev.vethlab.engine.kernel.socket.AddressFamily;
import dev.vethlab.engine.kernel.socket.tcp.TcpState;
import dev.vethlab.engine.process.EmulatedProcess;
import java.util.List;

/** {@code ss -s}: how many sockets there are of each kind. */
final class SsSummary {
    private final List<SocketRow> raw;
    private final List<SocketRow> udp;
    private final List<SocketRow> tcp;

    SsSummary(NetworkNamespace network, EmulatedProcess reader) {
        raw = SocketList.of(SocketRow.Kind.RAW, network, reader);
        udp = SocketList.of(SocketRow.Kind.UDP, network, reader);
        tcp = SocketList.of(SocketRow.Kind.TCP, network, reader);
    }

    String text() {
        long waiting = count(tcp, TcpState.TIME_WAIT);
        List<SocketRow> open = tcp.stream().filter(row -> row.state() != TcpState.TIME_WAIT).toList();
        long orphaned = open.stream().filter(row -> !row.isListening() && row.users().isEmpty()).count();
        return "Total: " + (raw.size() + udp.size() + open.size()) + "\nTCP:   " + tcp.size() + " (estab "
                + count(tcp, TcpState.ESTABLISHED)
                + ", closed " + waiting + ", orphaned " + orphaned + ", timewait " + waiting + ")\n\nTransport Total     IP        IPv6\n"
                + line("RAW", raw) + line("UDP", udp) + line("TCP", open)
                + line("INET", java.util.stream.Stream.of(raw, udp, open).flatMap(List::stream).toList()) + line("FRAG", List.of()) + "\n";
    }

    private static long count(List<SocketRow> rows, TcpState state) {
        return rows.stream().filter(row -> row.state() == state).count();
    }

    private static String line(String title, List<SocketRow> rows) {
        long v4 = rows.stream().filter(row -> row.family() == AddressFamily.INET).count();
        return String.format("%s\t  %-9d %-9d %-9d\n", title, rows.size(), v4, rows.size() - v4);
    }
}
