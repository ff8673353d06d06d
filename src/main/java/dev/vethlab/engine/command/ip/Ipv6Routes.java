package dev.vethlab.engine.command.ip;

import dev.vethlab.engine.kernel.device.Ipv6Address;
import dev.vethlab.engine.kernel.device.NetDevice;
import dev.vethlab.engine.kernel.route.RoutingTable;

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
        for (NetDevice device : call.network().devices().all()) {
            for (Ipv6Address address : device.ipv6Addresses()) {
                if (table == 0 || table == RoutingTable.LOCAL) {
                    if (!address.tentative()) {
                        line("local " + address.text(), device, RoutingTable.LOCAL, 0);
                    }
                }
            }
        }
    }

    private void line(String destination, NetDevice device, int ofTable, int metric) {
        out.text(destination + " dev " + device.name() + (table == 0 && ofTable != RoutingTable.MAIN ? " table local" : "")
                + " proto kernel metric " + metric + " pref medium\n");
    }
}
