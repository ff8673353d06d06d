package dev.vethlab.engine.command.ip;

import static dev.vethlab.engine.command.ip.Arguments.matches;

import dev.vethlab.engine.command.ip.Arguments.Prefix;
import dev.vethlab.engine.command.ip.Printer.Colour;
import dev.vethlab.engine.kernel.Errno;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.kernel.device.NetDevice;
import dev.vethlab.engine.kernel.route.Flow;
import dev.vethlab.engine.kernel.route.Route;
import dev.vethlab.engine.kernel.route.RouteExceptions;
import dev.vethlab.engine.kernel.route.RouteMetrics;
import dev.vethlab.engine.kernel.route.RouteResult;
import dev.vethlab.engine.kernel.route.RouteType;
import dev.vethlab.engine.kernel.route.Routing;
import dev.vethlab.engine.packet.Ipv4;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code ip route get}: asks the kernel what it would do ({@code iproute_get}, {@code inet_rtm_getroute}). */
final class IpRouteGet {
    private final IpCall call;
    private final Arguments arguments;
    private final Routing routing;
    private @Nullable Prefix destination;
    private int source;
    private @Nullable NetDevice in;
    private @Nullable NetDevice out;
    private int mark;
    private int tos;
    private long uid;
    private int protocol;
    private int sourcePort;
    private int destinationPort;
    private boolean fibMatch;

    IpRouteGet(IpCall call) {
        this.call = call;
        this.arguments = call.arguments();
        this.routing = call.network().routing();
    }

    int run() {
        while (arguments.hasNext()) {
            parse(arguments.next());
        }
        if (destination == null) {
            throw new IpFailure(1, "need at least a destination address");
        }
        int target = destination.address();
        RouteResult result = in == null
                ? routing.output(flow(target))
                : routing.input(flow(target));
        switch (result) {
            case RouteResult.Failed failed -> throw IpFailure.of(new KernelException(failed.error()));
            case RouteResult.Found found -> {
                if (fibMatch) {
                    printMatch(found);
                } else {
                    print(target, found);
                }
            }
        }
        return 0;
    }

    private Flow flow(int target) {
        return new Flow(target, source, in, in == null ? out : null, mark, tos, protocol, sourcePort, destinationPort, (int) uid);
    }

    private void parse(String word) {
        if (word.equals("tos") || matches(word, "dsfield")) {
            tos = RouteWords.tos(arguments.next());
        } else if (matches(word, "from")) {
            source = Arguments.prefix(arguments.next(), destination != null).address();
        } else if (matches(word, "iif")) {
            in = call.device(arguments.next());
        } else if (matches(word, "mark")) {
            mark = (int) arguments.unsigned("invalid mark value");
        } else if (matches(word, "oif") || word.equals("dev")) {
            out = call.device(arguments.next());
        } else if (matches(word, "uid")) {
            uid = arguments.unsigned("invalid UID\n");
        } else if (matches(word, "fibmatch")) {
            fibMatch = true;
        } else if (word.equals("ipproto")) {
            protocol = RuleWords.protocol(arguments.next());
        } else if (word.equals("sport")) {
            sourcePort = port("sport");
        } else if (word.equals("dport")) {
            destinationPort = port("dport");
        } else if (matches(word, "notify") || matches(word, "connected") || word.equals("vrf") || word.equals("as")
                || word.equals("flowlabel")) {
            throw new Arguments.NotEmulated("ip route get " + word + " is not emulated");
        } else {
            String value = word.equals("to") ? arguments.next() : word;
            if (matches(value, "help")) {
                throw new IpFailure(255, Usage.ROUTE);
            }
            destination = Arguments.prefix(value, destination != null);
            if (destination.explicit() && destination.length() != 32) {
                call.self().error("Warning: /" + destination.length() + " as prefix is invalid, only /32 (or none) is supported.");
            }
        }
    }

    private String tableName(String table) {
        return Arguments.number(table, 0xFFFFFFFFL).isEmpty() ? table : RouteNames.tableName(call.self(), Integer.parseUnsignedInt(table));
    }

    private int port(String key) {
        String value = arguments.next();
        return (int) Arguments.number(value, 65535).orElseThrow(() -> IpFailure.invalid(value, "invalid " + key + "\n"));
    }

    private void printMatch(RouteResult.Found found) {
        Route route = found.route();
        if (route == null) {
            throw IpFailure.of(new KernelException(Errno.EHOSTUNREACH));
        }
        var filter = new RouteFilter();
        Printer printer = call.options().printer();
        printer.openArray();
        new RoutePrinter(call, printer, filter).print(filter.table, route);
        printer.closeArray();
        call.print(printer);
    }

    private void print(int target, RouteResult.Found found) {
        IpOptions options = call.options();
        Printer printer = options.printer();
        printer.openArray().openObject();
        if (found.type() != RouteType.UNICAST || options.details) {
            printer.both("type", "", found.type().text(), " ");
        }
        printer.coloured(Colour.INET, "dst", "", Ipv4.text(target), " ");
        if (source != 0) {
            printer.coloured(Colour.INET, "from", "from ", Ipv4.text(source), " ");
        }
        if (tos != 0 && found.route() != null && found.route().tos() != 0) {
            printer.both("tos", "tos ", RoutePrinter.tos(tos), " ");
        }
        Route route = found.route();
        if (route != null && (route.gateway() != 0 || found.nextHop() != target) && found.type() == RouteType.UNICAST) {
            printer.coloured(Colour.INET, "gateway", "via ", Ipv4.text(found.nextHop()), " ");
        }
        NetDevice way = found.isLocal() || in != null && found.type() == RouteType.BROADCAST ? call.network().loopback() : found.device();
        printer.coloured(Colour.INTERFACE, "dev", "dev ", way.name(), " ");
        boolean otherTable = !found.table().equals("main") && !found.table().equals("local") && !found.table().isEmpty();
        if (otherTable || options.details) {
            printer.both("table", "table ", tableName(found.table()), " ");
        }
        if (in == null && source == 0) {
            printer.coloured(Colour.INET, "prefsrc", options.busybox ? " src " : "src ", Ipv4.text(found.source()), " ");
        }
        printer.openArray("flags");
        if (found.type() == RouteType.MULTICAST) {
            // RTCF_MULTICAST and RTM_F_OFFLOAD_FAILED are the same bit
            printer.element("rt_offload_failed");
            printer.text("rt_offload_failed ");
        }
        printer.closeArray();
        if (mark != 0) {
            printer.both("mark", "mark ", mark(), " ");
        }
        if (in == null) {
            if (!options.busybox) {
                printer.both("uid", "uid ", uid, " ");
            }
        }
        printCache(printer, target, found);
        printer.closeObject().closeArray();
        call.print(printer);
    }

    /** Whether a source is on a link: then who sends by the wrong way hears of the better one ({@code __mkroute_input}). */
    private boolean isNeighbour(int address) {
        return routing.lookup(Flow.to(address)) instanceof RouteResult.Found back && back.nextHop() == address;
    }

    private Object mark() {
        return mark >= 16 || mark < 0 ? "0x" + Integer.toHexString(mark) : mark;
    }

    private void printCache(Printer printer, int target, RouteResult.Found found) {
        List<String> flags = new ArrayList<>();
        boolean joined = found.type() == RouteType.MULTICAST && target == Ipv4.ALL_SYSTEMS;
        if (found.isLocal() || found.type() == RouteType.BROADCAST || joined) {
            flags.add("local");
        }
        if (found.type() == RouteType.MULTICAST) {
            flags.add("mc");
        }
        if (found.type() == RouteType.BROADCAST) {
            flags.add("brd");
        }
        RouteExceptions.Learned learned = found.isLocal() ? null : routing.exceptions().find(target);
        if (learned != null && learned.gateway() != 0) {
            flags.add("redirected");
        }
        boolean back = in != null && found.type() == RouteType.UNICAST && found.device() == in;
        if (back && found.device().settings().sendRedirects() && isNeighbour(source)) {
            flags.add("redirect");
        }
        printer.newLine();
        printer.text("    cache ");
        printer.openArray("cache");
        flags.forEach(printer::element);
        printer.closeArray();
        if (!flags.isEmpty()) {
            printer.text("<" + String.join(",", flags) + "> ");
        }
        if (learned != null) {
            long expires = routing.exceptions().secondsLeft(learned);
            printer.both("expires", "expires ", printer.isJson() ? (Object) expires : expires + "sec", " ");
        }
        if (call.options().statistics > 0) {
            printer.both("users", "users ", 2, " ");
            printer.both("age", "age ", printer.isJson() ? (Object) 0 : "0sec", " ");
        }
        Route route = found.route();
        RouteMetrics metrics = route == null ? RouteMetrics.NONE : route.metrics();
        MetricWords.print(printer, learned != null && learned.mtu() != 0 ? metrics.withMtu(found.mtu()) : metrics);
        if (in != null) {
            printer.both("iif", "iif ", in.name(), " ");
        }
        printer.text("\n");
    }
}
