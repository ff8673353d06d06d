package dev.vethlab.engine.command.ip;

import static dev.vethlab.engine.command.ip.Arguments.matches;
import static dev.vethlab.engine.command.ip.Arguments.matchesAny;

import dev.vethlab.engine.command.ip.IpOptions.Family;
import dev.vethlab.engine.kernel.Errno;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.kernel.route.Flow;
import dev.vethlab.engine.kernel.route.Route;
import dev.vethlab.engine.kernel.route.RouteExceptions;
import dev.vethlab.engine.kernel.route.RouteResult;
import dev.vethlab.engine.kernel.route.Routing;
import dev.vethlab.engine.kernel.route.Routing.AddMode;
import dev.vethlab.engine.kernel.route.RoutingTable;
import dev.vethlab.engine.packet.Ipv4;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** {@code ip route} ({@code iproute.c}). */
final class IpRoute {
    private final IpCall call;
    private final Arguments arguments;
    private final Routing routing;

    IpRoute(IpCall call) {
        this.call = call;
        this.arguments = call.arguments();
        this.routing = call.network().routing();
    }

    int run() {
        if (!arguments.hasNext()) {
            return show();
        }
        String command = arguments.next();
        if (matchesAny(command, "list", "show", "lst")) {
            return show();
        } else if (matches(command, "get")) {
            return new IpRouteGet(call).run();
        } else if (matches(command, "add")) {
            return add(AddMode.ADD);
        } else if (matchesAny(command, "change", "chg")) {
            return add(AddMode.CHANGE);
        } else if (matches(command, "replace")) {
            return add(AddMode.REPLACE);
        } else if (matches(command, "prepend")) {
            return add(AddMode.PREPEND);
        } else if (matches(command, "append")) {
            return add(AddMode.APPEND);
        } else if (matches(command, "test")) {
            throw new Arguments.NotEmulated("ip route test is not emulated");
        } else if (matches(command, "delete")) {
            return delete();
        } else if (matches(command, "flush")) {
            return flush();
        } else if (matchesAny(command, "save", "restore", "showdump")) {
            throw new Arguments.NotEmulated("ip route " + command + " is not emulated");
        } else if (matches(command, "help")) {
            throw new IpFailure(255, Usage.ROUTE);
        }
        throw IpFailure.unknownCommand(command, "ip route help");
    }

    private int add(AddMode mode) {
        var words = new RouteWords(call, false);
        words.parse();
        call.request(() -> {
            if (words.ecnBitsSet()) {
                throw new KernelException(Errno.EINVAL, "Invalid dsfield (tos): ECN bits must be 0");
            }
            routing.add(words.table(), words.route(), mode);
        });
        return 0;
    }

    private int delete() {
        var words = new RouteWords(call, true);
        words.parse();
        call.request(() -> routing.delete(words.table(), words::describes));
        return 0;
    }

    /** The tables in the order in which the kernel dumps them: by the hash of their numbers ({@code inet_dump_fib}). */
    private List<RoutingTable> tables(RouteFilter filter, String ending) {
        if (filter.table == 0) {
            return routing.tables().stream().sorted(Comparator.comparingInt((RoutingTable t) -> t.id() & 255)).toList();
        }
        List<RoutingTable> found = routing.tables().stream().filter(table -> table.id() == filter.table).toList();
        if (found.isEmpty()) {
            throw new IpFailure(2, "Error: ipv4: FIB table does not exist.\n" + ending);
        }
        return found;
    }

    private int show() {
        var filter = new RouteFilter();
        filter.parse(call);
        Printer out = call.options().printer();
        out.openArray();
        boolean inet = call.options().wantsInet() && !filter.cache;
        if (inet) {
            var printer = new RoutePrinter(call, out, filter);
            for (RoutingTable table : tables(filter, "Dump terminated")) {
                table.routes().stream().filter(filter::passes).forEach(route -> printer.print(table.id(), route));
            }
        }
        if (call.options().wantsInet() && filter.cache) {
            routing.exceptions().all().forEach(learned -> printLearned(out, learned));
        }
        if (filter.table == 0 && call.options().family == Family.UNSPECIFIED || call.options().family == Family.INET6) {
            new Ipv6Routes(call, out, filter.table).print();
        }
        out.closeArray();
        call.print(out);
        return 0;
    }

    /** An entry of what once was the route cache ({@code fnhe_dump_bucket}). */
    private void printLearned(Printer out, RouteExceptions.Learned learned) {
        if (!(routing.output(Flow.to(learned.destination())) instanceof RouteResult.Found found)) {
            return;
        }
        out.openObject();
        out.coloured(Printer.Colour.INET, "dst", "", Ipv4.text(learned.destination()), " ");
        if (found.nextHop() != learned.destination()) {
            out.coloured(Printer.Colour.INET, "gateway", "via ", Ipv4.text(found.nextHop()), " ");
        }
        out.coloured(Printer.Colour.INTERFACE, "dev", "dev ", found.device().name(), " ");
        out.openArray("flags").closeArray();
        out.newLine();
        out.text("    cache ");
        out.openArray("cache");
        if (learned.gateway() != 0) {
            out.element("redirected");
            out.text("<redirected> ");
        }
        out.closeArray();
        long expires = routing.exceptions().secondsLeft(learned);
        out.both("expires", "expires ", out.isJson() ? (Object) expires : expires + "sec", " ");
        if (learned.mtu() != 0) {
            out.openArray("metrics").openObject();
            out.both("mtu", "mtu ", learned.mtu(), " ");
            out.closeObject().closeArray();
        }
        out.text("\n");
        out.closeObject();
    }

    private int flush() {
        if (!arguments.hasNext()) {
            throw new IpFailure(1, "\"ip route flush\" requires arguments.");
        }
        var filter = new RouteFilter();
        filter.parse(call);
        if (filter.cache) {
            call.request(routing.exceptions()::clear);
            return 0;
        }
        record Chosen(RoutingTable table, Route route) {}

        var chosen = new ArrayList<Chosen>();
        for (RoutingTable table : tables(filter, "Flush terminated")) {
            table.routes().stream().filter(filter::passes).forEach(route -> chosen.add(new Chosen(table, route)));
        }
        if (call.options().statistics > 1) {
            Printer out = call.options().printer();
            var printer = new RoutePrinter(call, out, filter);
            chosen.forEach(one -> printer.print(one.table().id(), one.route()));
            call.print(out);
        }
        call.request(() -> {
            for (Chosen one : chosen) {
                routing.delete(one.table().id(), one.route());
            }
        });
        FlushReport.print(call, chosen.size(), "entries");
        return 0;
    }
}
