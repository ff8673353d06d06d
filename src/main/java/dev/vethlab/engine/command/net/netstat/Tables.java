package dev.vethlab.engine.command.net.netstat;

import dev.vethlab.engine.command.net.dns.Resolver;
import dev.vethlab.engine.kernel.device.NetDevice;
import dev.vethlab.engine.kernel.route.Route;
import dev.vethlab.engine.kernel.route.RouteType;
import dev.vethlab.engine.kernel.route.RoutingTable;
import dev.vethlab.engine.packet.Ipv4;
import dev.vethlab.engine.process.EmulatedProcess;
import java.util.Comparator;
import java.util.List;

/** The tables that net-tools read from {@code /proc/net}: routes and interfaces. */
final class Tables {
    private static final int NAME_WIDTH = 15;

    private Tables() {}

    /** {@code netstat -g}: the groups that devices listen to. */
    static String groups(EmulatedProcess self) {
        var text = new StringBuilder("IPv6/IPv4 Group Memberships\nInterface       RefCnt Group\n--------------- ------ ---------------------\n");
        self.network().devices().all().forEach(device -> device.groups().internet().forEach(group ->
                text.append(String.format("%-15s 1      %s\n", device.name(), Ipv4.text(group)))));
        self.network().devices().all().forEach(device -> device.groups().internet6().forEach(group ->
                text.append(String.format("%-15s 1      %s\n", device.name(), group))));
        return text.toString();
    }

    /** {@code netstat -r}: the main routing table ({@code rprint_fib}); {@code extended} as {@code route} shows it. */
    static String routes(EmulatedProcess self, boolean numeric, boolean extended) {
        var text = new StringBuilder("Kernel IP routing table\nDestination     Gateway         Genmask         "
                + (extended ? "Flags Metric Ref    Use Iface\n" : "Flags   MSS Window  irtt Iface\n"));
        List<Route> routes = self.network().routing().table(RoutingTable.MAIN).routes().stream()
                .sorted(Comparator.comparingLong((Route r) -> r.network() & 0xFFFF_FFFFL).thenComparing(r -> -r.prefixLength())
                        .thenComparing(Route::metric))
                .toList();
        for (Route route : routes) {
            NetDevice device = route.device();
            boolean rejects = route.type() != RouteType.UNICAST;
            String flags = rejects ? "!" : "U" + (route.gateway() == 0 ? "" : "G") + (route.prefixLength() == 32 ? "H" : "");
            String gateway = rejects ? "-" : name(self, route.gateway(), numeric, "0.0.0.0");
            text.append(String.format("%-15s %-15s %-15s ", name(self, route.network(), numeric, "default"), gateway,
                    Ipv4.text(Ipv4.mask(route.prefixLength()))));
            String link = rejects || device == null ? "-" : device.name();
            if (extended) {
                String uses = rejects ? "-        -" : "0        0";
                text.append(String.format("%-5s %-6d %s %s\n", flags, Integer.toUnsignedLong(route.metric()), uses, link));
            } else if (rejects) {
                text.append(String.format("%-5s     - -          - %s\n", flags, link));
            } else {
                text.append(String.format("%-5s %5d %-5d %6d %s\n", flags, route.mtu() == 0 ? 0 : route.mtu() - 40, 0, 0, link));
            }
        }
        return text.toString();
    }

    private static String name(EmulatedProcess self, int address, boolean numeric, String zero) {
        if (numeric || address == 0) {
            return numeric ? Ipv4.text(address) : zero;
        }
        // a network's own address is looked up, too, and has no name
        String name = (address & 0xFF) == 0 ? null : Resolver.reverse(self, address);
        return name == null ? Ipv4.text(address) : name.length() > NAME_WIDTH ? name.substring(0, NAME_WIDTH) : name;
    }

    /** {@code netstat -i}; with {@code all}, also those that are down. */
    static String interfaces(EmulatedProcess self, boolean all) {
        var text = new StringBuilder("Kernel Interface table\n"
                + "Iface             MTU    RX-OK RX-ERR RX-DRP RX-OVR    TX-OK TX-ERR TX-DRP TX-OVR Flg\n");
        List<NetDevice> devices =
                self.network().devices().all().stream().filter(d -> all || d.isUp()).sorted(Comparator.comparing(NetDevice::name)).toList();
        for (NetDevice device : devices) {
            String flags = (device.isLoopback() ? "L" : "BM") + (device.isRunning() ? "R" : "") + (device.isUp() ? "U" : "");
            var counts = device.statistics();
            text.append(String.format("%-15s %5d %8d %6d %6d %-6d %8d %6d %6d %6d %s\n", device.name(), device.mtu(), counts.rxPackets(), 0,
                    counts.rxDropped(), 0, counts.txPackets(), 0, counts.txDropped(), 0, flags));
        }
        return text.toString();
    }
}
