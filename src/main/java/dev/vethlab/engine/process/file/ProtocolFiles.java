package dev.vethlab.engine.process.file;

import dev.vethlab.engine.kernel.Machine;
import dev.vethlab.engine.kernel.NetworkNamespace;
import dev.vethlab.engine.kernel.socket.tcp.TcpState;
import java.util.Map;
import java.util.TreeMap;

/** What {@code /proc/net} has of protocols as such, and the files that are but their headings here. */
final class ProtocolFiles {
    private ProtocolFiles() {}

    static void addTo(Map<String, Node> files, NetworkNamespace network) {
        heading(files, "icmp", SocketFiles.datagramHeading("  sl  "));
        heading(files, "udplite", SocketFiles.datagramHeading("   sl  "));
        heading(files, "mcfilter", "Idx Device        MCA        SRC    INC    EXC\n");
        heading(files, "psched", "000003e8 00000040 000f4240 3b9aca00\n");
        heading(files, "ip_mr_vif", "Interface      BytesIn  PktsIn  BytesOut PktsOut Flags Local    Remote\n");
        heading(files, "ip_mr_cache", "Group    Origin   Iif     Pkts    Bytes    Wrong Oifs\n");
        heading(files, "rt_cache", NetworkFiles.padded("Iface\tDestination\tGateway \tFlags\t\tRefCnt\tUse\tMetric\tSource\t\tMTU\tWindow"
                + "\tIRTT\tTOS\tHHRef\tHHUptod\tSpecDst"));
        heading(files, "ip_tables_names", "");
        var netfilter = new TreeMap<String, Node>();
        heading(netfilter, "nf_log", """
                 0 NONE (nfnetlink_log)
                 1 NONE (nfnetlink_log)
                 2 nf_log_ipv4 (nf_log_ipv4,nfnetlink_log)
                 3 nf_log_arp (nf_log_arp,nfnetlink_log)
                 4 NONE (nfnetlink_log)
                 5 nf_log_netdev (nf_log_netdev,nfnetlink_log)
                 6 NONE (nfnetlink_log)
                 7 nf_log_bridge (nf_log_bridge,nfnetlink_log)
                 8 NONE (nfnetlink_log)
                 9 NONE (nfnetlink_log)
                10 nf_log_ipv6 (nf_log_ipv6,nfnetlink_log)
                """);
        files.put("netfilter", new GeneratedDirectory(reader -> netfilter));
        files.put("sockstat", SpecialFile.generated(reader -> sockets(network)));
    }

    /** A file that has nothing to tell of IPv4 sockets, routes and taps as they are emulated. */
    private static void heading(Map<String, Node> files, String name, String text) {
        files.put(name, SpecialFile.generated(self -> text));
    }

    /** {@code sockstat_seq_show}; what is allocated counts for all of the machine. */
    private static String sockets(NetworkNamespace network) {
        var table = network.sockets();
        long listeners = table.tcp().listeners().size();
        long connections = table.tcp().connections().stream().filter(socket -> socket.state() != TcpState.TIME_WAIT).count();
        long waiting = table.tcp().connections().size() - connections;
        long orphans = table.tcp().connections().stream()
                .filter(socket -> socket.state() != TcpState.TIME_WAIT && socket.isClosed()).count();
        Machine machine = network.machine();
        long allocated = machine.namespaces().stream().mapToLong(each -> each.sockets().tcp().listeners().size()
                + each.sockets().tcp().connections().stream().filter(socket -> socket.state() != TcpState.TIME_WAIT).count()).sum();
        long used = listeners + connections + table.udp().size() + table.raw().size();
        return ("sockets: used %d\nTCP: inuse %d orphan %d tw %d alloc %d mem 0\nUDP: inuse %d mem 0\nUDPLITE: inuse 0\nRAW: inuse %d\n"
                + "FRAG: inuse 0 memory 0\n").formatted(used, listeners + connections, orphans, waiting, allocated, table.udp().size(),
                table.raw().size());
    }
}
