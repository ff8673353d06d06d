package dev.vethlab.engine.command.link;

import dev.vethlab.engine.command.core.Applet;
import dev.vethlab.engine.command.net.Getopt;
import dev.vethlab.engine.command.net.busybox.Busybox;
import dev.vethlab.engine.kernel.Errno;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.kernel.device.NetDevice;
import dev.vethlab.engine.kernel.route.Route;
import dev.vethlab.engine.kernel.route.RouteType;
import dev.vethlab.engine.kernel.route.Routing;
import dev.vethlab.engine.kernel.route.RoutingTable;
import dev.vethlab.engine.kernel.route.Scope;
import dev.vethlab.engine.packet.Ipv4;
import dev.vethlab.engine.process.Capability;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.Program;
import dev.vethlab.engine.process.Unsupported;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** {@code route} of net-tools: shows and changes the main table. */
public final class NetToolsRoute implements Program {
    private static final int USAGE = 3;
    private static final int REFUSED = 7;
    private static final String APPLET_USAGE = """
            Usage: route [-ne] [-A inet[6]] [{add|del} [-net|-host] TARGET [netmask MASK]
            \t[gw GATEWAY] [metric N] [mss BYTES] [window BYTES] [reject] [IFACE]]

            Show or edit kernel routing tables

            \t-n\tDon't resolve names
            \t-e\tDisplay other/more information
            \t-A inet[6]\tSelect address family
            """;

    @Override
    public int main(EmulatedProcess self) {
        List<String> words = self.arguments().subList(1, self.arguments().size());
        boolean numeric = false;
        boolean extended = false;
        int at = 0;
        while (at < words.size() && words.get(at).startsWith("-")) {
            switch (words.get(at)) {
                case "-n", "--numeric" -> numeric = true;
                case "-e", "--extend" -> extended = true;
                case "-v", "-F", "-4", "--inet" -> {}
                case "-V", "--version" -> {
                    self.println("net-tools 2.10");
                    return 0;
                }
                default -> {
                    return Unsupported.answer(self, "route " + words.get(at) + " is not emulated");
                }
            }
            at++;
        }
        if (at == words.size()) {
            return show(self, numeric, extended, "0.0.0.0");
        }
        String command = words.get(at);
        if (!command.equals("add") && !command.equals("del") && !command.equals("delete")) {
            return Unsupported.answer(self, "route " + command + " is not emulated");
        }
        return new Change(self, !command.equals("add"), words.subList(at + 1, words.size())).run();
    }

    /** The applet of busybox, which has the same table and another grammar ({@code networking/route.c}). */
    static int applet(EmulatedProcess self) {
        Getopt options = Getopt.parse(self.arguments(), "+A:ne");
        List<String> words = options.operands();
        if (options.error() != null) {
            return Busybox.usage(self, options.error(), APPLET_USAGE);
        }
        if (words.isEmpty()) {
            return show(self, options.has("n"), options.has("e"), "*");
        }
        if (words.size() < 2 || !words.getFirst().equals("add") && !words.getFirst().matches("del(ete)?")) {
            return Busybox.usage(self, "", APPLET_USAGE);
        }
        return new Change(self, !words.getFirst().equals("add"), words.subList(1, words.size())).run();
    }

    private static int show(EmulatedProcess self, boolean numeric, boolean extended, String none) {
        var text = new StringBuilder("Kernel IP routing table\n" + (extended
                ? "Destination     Gateway         Genmask         Flags   MSS Window  irtt Iface\n"
                : "Destination     Gateway         Genmask         Flags Metric Ref    Use Iface\n"));
        for (Route route : self.network().routing().table(RoutingTable.MAIN).routes()) {
            if (route.type() == RouteType.MULTICAST || route.type() == RouteType.BROADCAST) {
                continue;
            }
            boolean rejects = route.type().error() != null;
            String flags = rejects ? "!" : "U" + (route.gateway() != 0 ? "G" : "") + (route.prefixLength() == 32 ? "H" : "");
            String gateway = rejects ? "-" : route.gateway() == 0 && !numeric ? none : name(self, route.gateway(), numeric);
            String destination = route.prefixLength() == 0 && !numeric ? "default" : name(self, route.network(), numeric);
            NetDevice device = route.device();
            text.append(String.format("%-15s %-15s %-15s %-5s ", destination, gateway, Ipv4.text(Ipv4.mask(route.prefixLength())), flags))
                    .append(extended ? "    0 0          0 "
                            : String.format("%-6d %-2s %7d ", Integer.toUnsignedLong(route.metric()), rejects ? "-" : "0", 0))
                    .append(device == null ? "-" : device.name()).append('\n');
        }
        self.print(text.toString());
        return 0;
    }

    private static String name(EmulatedProcess self, int address, boolean numeric) {
        String name = numeric ? Ipv4.text(address) : NetTools.name(self, address);
        return name.length() > 15 ? name.substring(0, 15) : name;
    }

    /** One {@code add} or {@code del}. */
    private static final class Change {
        private final EmulatedProcess self;
        private final boolean delete;
        private final List<String> words;
        private int length = -1;
        private int gateway;
        private int metric;
        private boolean reject;
        private String deviceName = "";

        Change(EmulatedProcess self, boolean delete, List<String> words) {
            this.self = self;
            this.delete = delete;
            this.words = words;
        }

        int run() {
            int at = 0;
            boolean host = false;
            if (at < words.size() && (words.get(at).equals("-net") || words.get(at).equals("-host"))) {
                host = words.get(at).equals("-host");
                at++;
            }
            if (at >= words.size()) {
                return usage("");
            }
            String target = words.get(at++);
            int slash = target.indexOf('/');
            String name = slash < 0 ? target : target.substring(0, slash);
            OptionalInt address = target.equals("default") ? OptionalInt.of(0) : NetTools.address(self, name);
            if (address.isEmpty()) {
                return unknown(name);
            }
            if (slash >= 0 && target.substring(slash + 1).matches("[0-9]{1,2}")) {
                length = Integer.parseInt(target.substring(slash + 1));
            } else if (target.equals("default")) {
                length = 0;
            }
            Integer wrong = options(at);
            if (wrong != null) {
                return wrong;
            }
            int network = address.getAsInt();
            if (length < 0) {
                length = host || (network & 0xFF) != 0 ? 32 : classfulLength(network);
            }
            if (length > 32 || (network & ~Ipv4.mask(length)) != 0) {
                return usage("route: netmask doesn't match route address\n");
            }
            return apply(network);
        }

        /** Without a mask, that of the address's class (RFC 791). */
        private static int classfulLength(int network) {
            int first = network >>> 24;
            return first < 128 ? 8 : first < 192 ? 16 : 24;
        }

        /** Null if all is well; a device may be named without {@code dev}, as the last word ({@code INET_setroute}). */
        private @Nullable Integer options(int from) {
            for (int at = from; at < words.size(); at++) {
                String word = words.get(at);
                if (word.equals("reject")) {
                    reject = true;
                    continue;
                }
                boolean last = at + 1 == words.size();
                if (List.of("gw", "gateway", "netmask", "metric", "dev", "device").contains(word)) {
                    Integer wrong = last ? Integer.valueOf(usage("")) : option(word, words.get(++at));
                    if (wrong != null) {
                        return wrong;
                    }
                } else if (last && deviceName.isEmpty()) {
                    deviceName = word;
                } else {
                    return usage("");
                }
            }
            return null;
        }

        private @Nullable Integer option(String word, String value) {
            switch (word) {
                case "gw", "gateway" -> {
                    OptionalInt via = NetTools.address(self, value);
                    if (via.isEmpty()) {
                        return unknown(value);
                    }
                    gateway = via.getAsInt();
                }
                case "netmask" -> length = Ipv4.parse(value).isPresent() ? Integer.bitCount(Ipv4.parse(value).getAsInt()) : -1;
                case "metric" -> metric = value.matches("[0-9]{1,9}") ? Integer.parseInt(value) : 0;
                default -> {
                    if (!deviceName.isEmpty()) {
                        return usage("");
                    }
                    deviceName = value;
                }
            }
            return null;
        }

        private int apply(int network) {
            Routing routing = self.network().routing();
            try {
                if (!self.context().may(Capability.NET_ADMIN)) {
                    throw new KernelException(Errno.EPERM);
                }
                NetDevice device = self.network().devices().find(deviceName);
                if (device == null && !deviceName.isEmpty()) {
                    throw new KernelException(Errno.ENODEV);
                }
                if (delete) {
                    routing.delete(RoutingTable.MAIN, route -> route.network() == network && route.prefixLength() == length
                            && (gateway == 0 || route.gateway() == gateway) && (device == null || route.device() == device)
                            && (metric == 0 || route.metric() == metric));
                } else {
                    RouteType type = reject ? RouteType.UNREACHABLE : RouteType.UNICAST;
                    Scope scope = gateway == 0 && !reject ? Scope.LINK : Scope.GLOBAL;
                    routing.add(RoutingTable.MAIN, new Route(type, network, length, 0, reject ? null : device, gateway, 0, scope, "boot",
                            metric, 0, false), Routing.AddMode.ADD);
                }
                return 0;
            } catch (KernelException refusal) {
                self.error(Applet.words(self, "", "route: ") + (delete ? "SIOCDELRT: " : "SIOCADDRT: ") + refusal.errno().message());
                return Applet.is(self) ? 1 : REFUSED;
            }
        }

        private int unknown(String name) {
            self.error(Applet.words(self, name + ": Host name lookup failure", "route: bad address '" + name + "'"));
            return 1;
        }

        private int usage(String before) {
            if (Applet.is(self)) {
                return Busybox.usage(self, before.stripTrailing(), APPLET_USAGE);
            }
            self.error(before + """
                    Usage: inet_route [-vF] del {-host|-net} Target[/prefix] [gw Gw] [metric M] [[dev] If]
                           inet_route [-vF] add {-host|-net} Target[/prefix] [gw Gw] [metric M]
                                                  [netmask N] [mss Mss] [window W] [irtt I]
                                                  [mod] [dyn] [reinstate] [[dev] If]
                           inet_route [-vF] add {-host|-net} Target[/prefix] [metric M] reject
                           inet_route [-FC] flush      NOT supported""");
            return USAGE;
        }
    }
}
