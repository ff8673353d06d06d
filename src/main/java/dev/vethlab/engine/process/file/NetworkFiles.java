package dev.vethlab.engine.process.file;

import dev.vethlab.engine.kernel.NetworkNamespace;
import dev.vethlab.engine.kernel.conntrack.ConntrackEntry;
import dev.vethlab.engine.kernel.device.DeviceStatistics;
import dev.vethlab.engine.kernel.device.NetDevice;
import dev.vethlab.engine.kernel.neighbour.NeighbourEntry;
import dev.vethlab.engine.kernel.neighbour.NudState;
import dev.vethlab.engine.kernel.route.Route;
import dev.vethlab.engine.kernel.route.RouteType;
import dev.vethlab.engine.kernel.route.RoutingTable;
import dev.vethlab.engine.packet.Ipv4;
import dev.vethlab.engine.packet.Mac;
import java.util.Map;
import java.util.TreeMap;

/** {@code /proc/PID/net}, and {@code /sys/class/net} as seen from the reader's network namespace. */
final class NetworkFiles {
    /** {@code ARPHRD_LOOPBACK}. */
    private static final int LOOPBACK_TYPE = 772;

    private NetworkFiles() {}

    static void addTo(FileSystem files) {
        files.addLink("/proc/net", "self/net");
        files.addGenerated("/sys/devices/virtual/net", new GeneratedDirectory(self -> DeviceFiles.all(self.network())));
        files.addGenerated("/sys/class/net", new GeneratedDirectory(self -> deviceLinks(self.network())));
    }

    /** {@code /proc/PID/net}: what the network namespace of that process has, whoever reads ({@code fs/proc/proc_net.c}). */
    static Map<String, Node> of(NetworkNamespace network) {
        var files = new TreeMap<String, Node>();
        files.put("dev", SpecialFile.generated(reader -> devices(network)));
        files.put("arp", SpecialFile.generated(reader -> neighbours(network)));
        files.put("snmp", SpecialFile.generated(reader -> SnmpFile.text(network)));
        files.put("netstat", SpecialFile.generated(reader -> NetstatFile.text(network)));
        files.put("route", SpecialFile.generated(reader -> routes(network)));
        files.put("nf_conntrack", SpecialFile.generated(reader -> connections(network)));
        files.put("xt_recent", new GeneratedDirectory(reader -> RecentFiles.all(network)));
        SocketFiles.addTo(files, network);
        ProtocolFiles.addTo(files, network);
        GroupFiles.addTo(files, network);
        FibTrieFiles.addTo(files, network);
        return files;
    }

    private static Map<String, Node> deviceLinks(NetworkNamespace network) {
        var links = new TreeMap<String, Node>();
        for (NetDevice device : network.devices().all()) {
            links.put(device.name(), new SymbolicLink("../../devices/virtual/net/" + device.name()));
        }
        return links;
    }

    /** Adds the names of {@code ip netns} to a machine's own files: a namespace's file is mounted under each. */
    static void addNamespaceNames(FileSystem files) {
        files.addMounts("/run/netns", reader -> {
            var names = new TreeMap<String, Node>();
            reader.network().machine().namedNamespaces().forEach((name, network) -> names.put(name, SpecialFile.of(network)));
            return names;
        });
    }

    /** {@code net/core/net-procfs.c}. */
    private static String devices(NetworkNamespace network) {
        var text = new StringBuilder("Inter-|   Receive                                                |  Transmit\n"
                + " face |bytes    packets errs drop fifo frame compressed multicast"
                + "|bytes    packets errs drop fifo colls carrier compressed\n");
        for (NetDevice device : network.devices().all()) {
            DeviceStatistics counted = device.statistics();
            text.append(String.format("%6s: %7d %7d %4d %4d %4d %5d %10d %9d %8d %7d %4d %4d %4d %5d %7d %10d\n", device.name(),
                    counted.rxBytes(), counted.rxPackets(), 0, counted.rxDropped(), 0, 0, 0, counted.multicast(), counted.txBytes(),
                    counted.txPackets(), 0, counted.txDropped(), 0, 0, 0, 0));
        }
        return text.toString();
    }

    /** {@code arp_seq_show}: 0x2 complete, 0x4 permanent. */
    private static String neighbours(NetworkNamespace network) {
        var text = new StringBuilder("IP address       HW type     Flags       HW address            Mask     Device\n");
        for (NeighbourEntry entry : network.neighbours().entries()) {
            if (entry.state() == NudState.NONE || entry.state() == NudState.NOARP) {
                continue;
            }
            int flags = entry.state() == NudState.PERMANENT ? 6 : entry.state().isValid() ? 2 : 0;
            int type = entry.device().isLoopback() ? LOOPBACK_TYPE : 1;
            text.append(String.format("%-16s 0x%-10x0x%-10x%-17s     *        %s\n", Ipv4.text(entry.address()), type, flags,
                    Mac.text(entry.hasMac() ? entry.mac() : Mac.ZERO), entry.device().name()));
        }
        return text.toString();
    }

    /** {@code ct_seq_show}. */
    private static String connections(NetworkNamespace network) {
        var text = new StringBuilder();
        for (ConntrackEntry entry : network.conntrack().entries()) {
            text.append("ipv4     2 ").append(entry.text(network.kernel().now())).append(" mark=").append(Integer.toUnsignedString(entry.mark))
                    .append(" zone=0 use=2\n");
        }
        return text.toString();
    }

    /** {@code fib_route_seq_show}: the main table, addresses as the machine's byte order has them. */
    private static String routes(NetworkNamespace network) {
        var text = new StringBuilder(padded("Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT"));
        for (Route route : network.routing().table(RoutingTable.MAIN).routes()) {
            if (route.type() == RouteType.BROADCAST || route.type() == RouteType.MULTICAST) {
                continue;
            }
            boolean rejects = route.type().error() != null;
            int flags = (rejects ? 0x200 : 0) | (route.gateway() != 0 ? 2 : 0) | (route.prefixLength() == 32 ? 4 : 0) | 1;
            NetDevice device = route.device();
            text.append(padded(String.format("%s\t%08X\t%08X\t%04X\t%d\t%d\t%d\t%08X\t%d\t%d\t%d", device == null ? "*" : device.name(),
                    Integer.reverseBytes(route.network()), Integer.reverseBytes(route.gateway()), flags, 0, 0,
                    Integer.toUnsignedLong(route.metric()), Integer.reverseBytes(Ipv4.mask(route.prefixLength())), route.mtu(), 0, 0)));
        }
        return text.toString();
    }

    static String padded(String line) {
        return line + " ".repeat(Math.max(0, 127 - line.length())) + "\n";
    }
}
