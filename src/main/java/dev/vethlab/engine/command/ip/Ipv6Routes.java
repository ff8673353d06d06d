package dev.vethlab.engine.command.ip;

import dev.vethlab.engine.kernel.device.Ipv6Address;
import dev.vethlab.engine.kernel.device.NetDevice;
import dev.vethlab.engine.kernel.route.RoutingTable;
import dev.vethlab.engine.kernel.route.Scope;
import java.util.ArrayList;

/** The IPv6 routes that come with the addresses which the kernel gives a device. */
final class Ipv6Routes {
    private final IpCall call;
    private final Printer out;
    private final int table;

    Ipv6Routes(IpCall call, Printer out, int table) {
        this.call = call;
        this.out = out;
        this.table = table;
    }

    void print() {
        boolean main = table == 0 || table == RoutingTable.MAIN;
        boolean local = table == 0 || table == RoutingTable.LOCAL;
        var inMain = new ArrayList<Line>();
        var inLocal = new ArrayList<Line>();
        var multicast = new ArrayList<Line>();
        for (NetDevice device : call.network().devices().all()) {
            for (Ipv6Address address : device.ipv6Addresses()) {
                if (address.scope() == Scope.LINK) {
                    inMain.add(new Line("", "fe80::/64", device, RoutingTable.MAIN, 256));
                    multicast.add(new Line("multicast", "ff00::/8", device, RoutingTable.LOCAL, 256));
                }
                if (!address.tentative()) {
                    inLocal.add(new Line("local", address.text(), device, RoutingTable.LOCAL, 0));
                }
            }
        }
        if (main) {
            inMain.forEach(this::print);
        }
        if (local) {
            inLocal.forEach(this::print);
            multicast.forEach(this::print);
        }
    }

    private record Line(String type, String destination, NetDevice device, int table, int metric) {}

    private void print(Line line) {
        out.openObject();
        if (!line.type().isEmpty()) {
            out.both("type", "", line.type(), " ");
        }
        out.both("dst", "", line.destination(), " ");
        out.both("dev", "dev ", line.device().name(), " ");
        if (table == 0 && line.table() != RoutingTable.MAIN) {
            out.both("table", "table ", RouteNames.tableName(call.self(), line.table()), " ");
        }
        out.both("protocol", "proto ", "kernel", " ");
        out.both("metric", "metric ", line.metric(), " ");
        out.openArray("flags").closeArray();
        out.both("pref", "pref ", "medium", "");
        out.text("\n");
        out.closeObject();
    }
}
