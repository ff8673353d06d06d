package dev.vethlab.engine.command.ip;

import dev.vethlab.engine.command.ip.Printer.Colour;
import dev.vethlab.engine.kernel.NetworkNamespace;
import dev.vethlab.engine.kernel.bridge.BridgePort;
import dev.vethlab.engine.kernel.device.DeviceStatistics;
import dev.vethlab.engine.kernel.device.LinkFlag;
import dev.vethlab.engine.kernel.device.NetDevice;
import dev.vethlab.engine.kernel.device.OperState;
import dev.vethlab.engine.kernel.device.Veth;
import dev.vethlab.engine.packet.Mac;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
/** A device as {@code ip link} and {@code ip address} print it ({@code print_linkinfo} of {@code ipaddress.c}). */
public final class LinkPrinter {
    private final IpCall call;
    private final IpOptions options;
    private final Printer out;

    /** Whether this is {@code ip address}, which leaves out what is about the link alone. */
    private final boolean forAddresses;

    private final boolean alone;
    private boolean statisticsBelow;
    private boolean news;

    LinkPrinter(IpCall call, Printer out, boolean forAddresses) {
        this(call, out, forAddresses, false);
    }

    /** @param alone whether it is about one device that was named, and not one of a dump */
    LinkPrinter(IpCall call, Printer out, boolean forAddresses, boolean alone) {
        this.alone = alone;
        this.call = call;
        this.options = call.options();
        this.out = out;
        this.forAddresses = forAddresses;
    }

    // ---- one line a device: -br ----

    void printBrief(NetDevice device) {
        printName(device, true);
        OperState state = device.operState();
        state(state, "", out.isJson() ? "" : " ".repeat(15 - state.name().length()));
        if (!forAddresses) {
            out.coloured(Colour.MAC, "address", "", Mac.text(device.mac()), " ");
            printFlags(device);
            out.text("\n");
        }
    }

    /** A dump for AF_INET6 comes from the IPv6 side of the device, which knows less ({@code inet6_fill_ifinfo}). */
    private boolean isIpv6Dump() {
        return forAddresses && options.family == IpOptions.Family.INET6 && !alone;
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    // ---- in full ----

    /** A device that {@code ip monitor} tells about: without its queue's length, whatever the address family. */
    void printNews(NetDevice device) {
        news = true;
        print(device);
        out.text("\n");
    }

    /** The lines of a device; without the last newline. */
    void print(NetDevice device) {
        out.both("ifindex", "", device.index(), ": ");
        printName(device, false);
        printFlags(device);
        out.both("mtu", "mtu ", device.mtu(), " ");
        if (options.busybox) {
            printRestForBusybox(device);
            return;
        }
        if (isIpv6Dump()) {
            state(device.operState(), "state ", " ");
            return;
        }
        out.both("qdisc", "qdisc ", device.wasEverUp() ? "noqueue" : "noop", " ");
        BridgePort port = device.port();
        if (port != null) {
            out.both("master", "master ", port.bridge().name(), " ");
        }
        state(device.operState(), "state ", " ");
        if (!forAddresses) {
            out.both("linkmode", "mode ", "DEFAULT", " ");
        }
        out.both("group", "group ", device.group() == 0 ? "default" : Integer.toString(device.group()), " ");
        if (!news) {
            out.both("txqlen", "qlen ", Integer.toUnsignedLong(device.txQueueLength()), "");
        }
        boolean everyFamily = options.family == IpOptions.Family.UNSPECIFIED || options.family == IpOptions.Family.LINK;
        if (news || !forAddresses || everyFamily || options.details) {
            printLinkLayer(device);
        }
        if (device.linkNamespace() != call.network()) {
            printLinkNamespace(device.linkNamespace());
        }
        printAttributes(device);
        printAlternativeNames(device);
    }

    private void printAlternativeNames(NetDevice device) {
        if (!device.alternativeNames().isEmpty()) {
            out.openArray("altnames");
            for (String name : device.alternativeNames()) {
                out.newLine();
                out.text("    altname " + name);
                out.element(name);
            }
            out.closeArray();
        }
    }

    private void printRestForBusybox(NetDevice device) {
        out.text("qdisc " + (device.wasEverUp() ? "noqueue" : "noop") + " ");
        BridgePort port = device.port();
        if (port != null) {
            out.text("master " + port.bridge().name() + " ");
        }
        if (device.txQueueLength() != 0) {
            out.text("qlen " + Integer.toUnsignedLong(device.txQueueLength()));
        }
        if (!forAddresses || options.family == IpOptions.Family.UNSPECIFIED || options.family == IpOptions.Family.LINK) {
            out.newLine();
            out.text("    link/" + (device.isLoopback() ? "loopback" : "ether") + " " + Mac.text(device.mac()) + " brd "
                    + Mac.text(device.isLoopback() ? Mac.ZERO : Mac.BROADCAST));
        }
    }

    /** Busybox takes a lower device's index for one of this namespace, and what is not there for down ({@code ll_index_to_flags}). */
    private boolean isLowerDown(NetDevice device) {
        NetDevice lower = device.lower();
        if (options.busybox && (lower != null || device.linkNamespace() != call.network())) {
            NetDevice found = call.network().devices().find(lower == null ? device.index() : lower.index());
            return found == null || !found.isUp();
        }
        return lower != null && lower.namespace() == call.network() && !lower.isUp();
    }

    private void printLinkLayer(NetDevice device) {
        out.newLine();
        out.both("link_type", "    link/", device.isLoopback() ? "loopback" : "ether", " ");
        out.coloured(Colour.MAC, "address", "", Mac.text(device.mac()), "");
        out.coloured(Colour.MAC, "broadcast", " brd ", Mac.text(device.isLoopback() ? Mac.ZERO : Mac.BROADCAST), "");
    }

    private void printAttributes(NetDevice device) {
        if (options.details) {
            new LinkDetails(out).print(device, !forAddresses);
        }
        if (!forAddresses && !device.alias().isEmpty()) {
            out.newLine();
            out.both("ifalias", "    alias ", device.alias(), "");
        }
        if (options.statistics > 0 && !forAddresses) {
            printStatistics(device);
        }
    }

    private void printLinkNamespace(NetworkNamespace namespace) {
        String name = NamedNamespaces.nameOf(call.self(), namespace);
        if (name != null && !out.isJson()) {
            out.text(" link-netns " + name);
        } else {
            out.both("link_netnsid", " link-netnsid ", call.network().peerId(namespace), "");
        }
    }

    private void printName(NetDevice device, boolean brief) {
        NetDevice lower = device.lower();
        String suffix = "";
        if (device instanceof Veth veth && veth.peer() == null) {
            suffix = "@NONE";
        } else if (lower != null && lower.namespace() == call.network()) {
            suffix = "@" + lower.name();
            out.json("link", lower.name());
        } else if (device.linkNamespace() != call.network() && (!isIpv6Dump() || (lower != null && lower.index() != device.index()))) {
            // rtnl_fill_link: what is elsewhere is told by its index; a device that is built on none tells its own
            int index = lower == null ? device.index() : lower.index();
            suffix = "@if" + index;
            out.json("link_index", index);
        }
        String name = device.name() + suffix;
        out.json("ifname", device.name());
        out.colouredText(Colour.INTERFACE, brief ? pad(name, 16) + " " : name + ": ");
    }

    private void printFlags(NetDevice device) {
        List<String> names = flags(device);
        if (isLowerDown(device)) {
            names.add("M-DOWN");
        }
        out.openArray("flags");
        names.forEach(out::element);
        out.closeArray();
        out.text("<" + String.join(",", names) + "> ");
    }

    /** The flags in the order of {@code print_link_flags}. */
    public static List<String> flags(NetDevice device) {
        var names = new ArrayList<String>();
        if (device.isUp() && !device.isOperational()) {
            names.add("NO-CARRIER");
        }
        names.add(device.isLoopback() ? "LOOPBACK" : "BROADCAST");
        if (!device.isLoopback() && device.has(LinkFlag.MULTICAST)) {
            names.add("MULTICAST");
        }
        if (device.has(LinkFlag.NOARP)) {
            names.add("NOARP");
        }
        if (device.has(LinkFlag.ALLMULTI)) {
            names.add("ALLMULTI");
        }
        if (device.has(LinkFlag.PROMISC)) {
            names.add("PROMISC");
        }
        if (device.has(LinkFlag.DYNAMIC)) {
            names.add("DYNAMIC");
        }
        if (device.has(LinkFlag.NOTRAILERS)) {
            names.add("NOTRAILERS");
        }
        if (device.isUp()) {
            names.add("UP");
        }
        if (device.isRunning()) {
            names.add("LOWER_UP");
        }
        return names;
    }

    private void state(OperState state, String before, String after) {
        switch (state) {
            case UP -> out.coloured(Colour.UP, "operstate", before, state.name(), after);
            case DOWN -> out.coloured(Colour.DOWN, "operstate", before, state.name(), after);
            case UNKNOWN, LOWERLAYERDOWN -> out.both("operstate", before, state.name(), after);
        }
    }

    // ---- -s ----

    /** The counters as {@code ip -s address} has them: below the addresses, ended by a newline. */
    void printStatisticsBelow(NetDevice device) {
        statisticsBelow = true;
        printStatistics(device);
        statisticsBelow = false;
        out.text("\n");
    }

    /** The counters, in columns as wide as their numbers ({@code __print_link_stats}). */
    void printStatistics(NetDevice device) {
        DeviceStatistics counted = device.statistics();
        long[] rx = {counted.rxBytes(), counted.rxPackets(), 0, counted.rxDropped(), 0, counted.multicast()};
        long[] tx = {counted.txBytes(), counted.txPackets(), 0, counted.txDropped(), 0, 0};
        if (options.human && (counted.rxBytes() >= 1000 || counted.txBytes() >= 1000)) {
            throw new Arguments.NotEmulated("ip -human is not emulated");
        }
        if (out.isJson()) {
            out.openObject("stats64");
            var rxFacts = facts(rx, List.of("bytes", "packets", "errors", "dropped", "over_errors", "multicast"));
            var txFacts = facts(tx, List.of("bytes", "packets", "errors", "dropped", "carrier_errors", "collisions"));
            if (options.statistics > 1) {
                rxFacts.putAll(facts(new long[5], List.of("length_errors", "crc_errors", "frame_errors", "fifo_errors", "missed_errors")));
                txFacts.putAll(facts(new long[] {0, 0, 0, 0, device.carrierChanges()},
                        List.of("aborted_errors", "fifo_errors", "window_errors", "heartbeat_errors", "carrier_changes")));
            }
            counters("rx", rxFacts);
            counters("tx", txFacts);
            out.closeObject();
            return;
        }
        long[] rxErrors = new long[5];
        long[] txErrors = {0, 0, 0, 0, device.carrierChanges()};
        int[] widths = {10, 7, 6, 7, 7, 7};
        for (int i = 0; i < widths.length; i++) {
            widths[i] = Math.max(widths[i], Math.max(Long.toString(rx[i]).length(), Long.toString(tx[i]).length()));
        }
        counters("RX:", List.of("bytes", "packets", "errors", "dropped", "missed", "mcast"), rx, widths);
        if (options.statistics > 1) {
            errors("RX errors:", List.of("length", "crc", "frame", "fifo", "overrun"), rxErrors, widths);
        }
        counters("TX:", List.of("bytes", "packets", "errors", "dropped", "carrier", "collsns"), tx, widths);
        if (options.statistics > 1) {
            errors("TX errors:", List.of("aborted", "fifo", "window", "heartbt", "transns"), txErrors, widths);
        }
    }

    private static Map<String, Long> facts(long[] values, List<String> names) {
        var facts = new LinkedHashMap<String, Long>();
        for (int i = 0; i < values.length; i++) {
            facts.put(names.get(i), values[i]);
        }
        return facts;
    }

    private void counters(String direction, Map<String, Long> facts) {
        out.openObject(direction);
        facts.forEach(out::json);
        out.closeObject();
    }

    /** The column of compressed packets has no header, for there are none, but its width ({@code print_stats64}). */
    private void counters(String title, List<String> names, long[] values, int[] widths) {
        var header = new StringBuilder("    " + title + " " + right(names.getFirst(), widths[0] - 4));
        var numbers = new StringBuilder("    " + right(Long.toString(values[0]), widths[0]) + " ");
        for (int i = 1; i < widths.length; i++) {
            header.append(' ').append(right(names.get(i), widths[i]));
            numbers.append(right(Long.toString(values[i]), widths[i])).append(' ');
        }
        table(header + " ".repeat(11), numbers.toString());
    }

    private void errors(String title, List<String> names, long[] values, int[] widths) {
        var header = new StringBuilder("    " + title + " ".repeat(widths[0] - title.length()));
        var numbers = new StringBuilder(" ".repeat(widths[0] + 5));
        for (int i = 1; i < widths.length; i++) {
            header.append(' ').append(right(names.get(i - 1), widths[i]));
            numbers.append(right(Long.toString(values[i - 1]), widths[i])).append(' ');
        }
        table(header.toString(), numbers.toString());
    }

    private static String right(String text, int width) {
        return " ".repeat(Math.max(0, width - text.length())) + text;
    }

    private void table(String header, String numbers) {
        if (!statisticsBelow) {
            out.newLine();
        }
        statisticsBelow = false;
        out.text(header);
        out.newLine();
        out.text(numbers);
    }
}
