package dev.vethlab.engine.command.ip;

import dev.vethlab.engine.command.ip.Printer.Colour;
import dev.vethlab.engine.kernel.device.NetDevice;
import dev.vethlab.engine.kernel.route.NextHop;
import dev.vethlab.engine.kernel.route.Route;
import dev.vethlab.engine.kernel.route.RouteType;
import dev.vethlab.engine.kernel.route.RoutingTable;
import dev.vethlab.engine.kernel.route.Scope;
import dev.vethlab.engine.packet.Ipv4;

/** A route as {@code ip route show} prints it ({@code print_route}). */
final class RoutePrinter {
    private final IpCall call;
    private final IpOptions options;
    private final Printer out;
    private final RouteFilter filter;

    RoutePrinter(IpCall call, Printer out, RouteFilter filter) {
        this.call = call;
        this.options = call.options();
        this.out = out;
        this.filter = filter;
    }

    void print(int table, Route route) {
        out.openObject();
        type(route.type());
        destination(route);
        if (route.tos() != 0) {
            out.both("tos", "tos ", tos(route.tos()), " ");
        }
        boolean multipath = route.isMultipath();
        if (!multipath && route.gateway() != 0 && !filter.namesOneGateway()) {
            out.coloured(Colour.INET, "gateway", "via ", Ipv4.text(route.gateway()), " ");
        }
        NetDevice device = route.device();
        if (!multipath && device != null && filter.device == null) {
            out.coloured(Colour.INTERFACE, "dev", "dev ", device.name(), " ");
        }
        if ((table != RoutingTable.MAIN || options.details) && filter.table == 0 && !options.busybox) {
            out.both("table", "table ", options.numeric ? Integer.toString(table) : RouteNames.tableName(call.self(), table), " ");
        }
        if ((!route.protocol().equals("boot") || options.details) && filter.protocol == null && !options.busybox) {
            out.both("protocol", "proto ", protocol(route.protocol()), " ");
        }
        if ((route.scope() != Scope.GLOBAL || options.details) && filter.scope == null) {
            out.both("scope", "scope ", options.numeric ? Integer.toString(route.scope().number()) : route.scope().text(), " ");
        }
        if (route.preferredSource() != 0 && filter.source == null) {
            out.coloured(Colour.INET, "prefsrc", options.busybox ? " src " : "src ", Ipv4.text(route.preferredSource()), " ");
        }
        if (route.metric() != 0 && !filter.namesMetric()) {
            out.both("metric", options.busybox ? " metric " : "metric ", Integer.toUnsignedLong(route.metric()), " ");
        }
        flags(route);
        MetricWords.print(out, route.metrics());
        if (multipath) {
            ways(route);
        }
        out.text("\n");
        out.closeObject();
    }

    private void type(RouteType type) {
        if (type != RouteType.UNICAST || options.details) {
            out.both("type", "", options.numeric ? Integer.toString(number(type)) : type.text(), " ");
        }
    }

    /** {@code RTN_*}. */
    private static int number(RouteType type) {
        return switch (type) {
            case UNICAST -> 1;
            case LOCAL -> 2;
            case BROADCAST -> 3;
            case MULTICAST -> 5;
            case BLACKHOLE -> 6;
            case UNREACHABLE -> 7;
            case PROHIBIT -> 8;
            case THROW -> 9;
        };
    }

    private void destination(Route route) {
        if (route.prefixLength() == 0) {
            out.both("dst", "", "default", " ");
        } else if (route.prefixLength() == 32) {
            out.coloured(Colour.INET, "dst", "", Ipv4.text(route.network()), " ");
        } else {
            out.coloured(Colour.INET, "dst", "", route.destination(), " ");
        }
    }

    private Object protocol(String name) {
        return options.numeric ? Integer.toString(RouteNames.protocolNumber(name)) : name;
    }

    static String tos(int tos) {
        return String.format("0x%02x", tos);
    }

    /** {@code print_rta_multipath}. */
    private void ways(Route route) {
        out.openArray("nexthops");
        for (NextHop way : route.nextHops()) {
            out.openObject();
            out.newLine();
            out.text("\tnexthop ");
            if (way.gateway() != 0) {
                out.coloured(Colour.INET, "gateway", "via ", Ipv4.text(way.gateway()), " ");
            }
            NetDevice device = way.device();
            if (device != null) {
                out.coloured(Colour.INTERFACE, "dev", "dev ", device.name(), " ");
            }
            out.both("weight", "weight ", way.weight(), " ");
            flags(way, way.isUnusable(), way.isLinkDown());
            out.closeObject();
        }
        out.closeArray();
    }

    private void flags(Route route) {
        if (route.nextHops().size() == 1) {
            flags(route.nextHops().getFirst(), route.isDead(), route.isLinkDown());
        } else {
            out.openArray("flags").closeArray();
        }
    }

    private void flags(NextHop way, boolean dead, boolean linkDown) {
        out.openArray("flags");
        if (dead) {
            flag("dead");
        }
        if (way.onLink()) {
            flag("onlink");
        }
        if (linkDown) {
            flag("linkdown");
        }
        out.closeArray();
    }

    private void flag(String name) {
        out.element(name);
        out.text(name + " ");
    }
}
