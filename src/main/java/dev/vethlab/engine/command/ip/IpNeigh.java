package dev.vethlab.engine.command.ip;

import static dev.vethlab.engine.command.ip.Arguments.matches;
import static dev.vethlab.engine.command.ip.Arguments.matchesAny;

import dev.vethlab.engine.command.ip.Arguments.Prefix;
import dev.vethlab.engine.command.ip.IpOptions.Family;
import dev.vethlab.engine.command.ip.Printer.Colour;
import dev.vethlab.engine.kernel.Errno;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.kernel.bridge.BridgePort;
import dev.vethlab.engine.kernel.device.NetDevice;
import dev.vethlab.engine.kernel.neighbour.NeighbourEntry;
import dev.vethlab.engine.kernel.neighbour.NeighbourTable;
import dev.vethlab.engine.kernel.neighbour.NudState;
import dev.vethlab.engine.packet.Ipv4;
import dev.vethlab.engine.packet.Mac;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code ip neigh} ({@code ipneigh.c}). */
final class IpNeigh {
    private static final long SECOND = 1_000_000_000L;

    private final IpCall call;
    private final Arguments arguments;
    private final NeighbourTable neighbours;

    private @Nullable NetDevice device;
    private @Nullable Prefix prefix;
    private @Nullable NetDevice master;
    private boolean noMaster;
    private boolean proxy;
    private int protocol;
    private boolean unused;
    private Set<NudState> states = EnumSet.noneOf(NudState.class);

    IpNeigh(IpCall call) {
        this.call = call;
        this.arguments = call.arguments();
        this.neighbours = call.network().neighbours();
    }

    int run() {
        if (!arguments.hasNext()) {
            return show();
        }
        String command = arguments.next();
        if (matches(command, "add")) {
            return modify(Change.ADD);
        } else if (matchesAny(command, "change", "chg")) {
            return modify(Change.CHANGE);
        } else if (matches(command, "replace")) {
            return modify(Change.REPLACE);
        } else if (matches(command, "delete")) {
            return modify(Change.DELETE);
        } else if (matches(command, "get")) {
            return get();
        } else if (matchesAny(command, "show", "lst", "list")) {
            return show();
        } else if (matches(command, "flush")) {
            return flush();
        } else if (matches(command, "help")) {
            throw new IpFailure(255, Usage.NEIGHBOUR);
        }
        throw IpFailure.unknownCommand(command, "ip neigh help");
    }

    // ---- changing ----

    private enum Change {
        ADD,
        CHANGE,
        REPLACE,
        DELETE
    }

    private int modify(Change change) {
        OptionalInt destination = OptionalInt.empty();
        String name = null;
        String linkAddress = null;
        NudState state = NudState.PERMANENT;
        boolean onProxy = false;
        boolean router = false;
        boolean externallyLearned = false;
        String protocol = "0";
        while (arguments.hasNext()) {
            String word = arguments.next();
            switch (word) {
                case "lladdr" -> linkAddress = arguments.next();
                case "nud" -> state = state(arguments.next());
                case "proxy" -> {
                    onProxy = true;
                    destination = OptionalInt.of(arguments.address(Arguments.Words.ANY_ADDRESS));
                }
                case "dev" -> name = arguments.next();
                case "router" -> router = true;
                case "extern_learn" -> externallyLearned = true;
                case "protocol" -> protocol = protocol(arguments.next());
                case "use", "managed", "extern_valid" ->
                        throw new Arguments.NotEmulated("ip neigh … " + word + " is not emulated");
                default -> {
                    String value = word.equals("to") ? arguments.next() : word;
                    if (matches(value, "help")) {
                        throw new IpFailure(255, Usage.NEIGHBOUR);
                    }
                    if (destination.isPresent()) {
                        throw IpFailure.garbage("to", value);
                    }
                    Arguments.refuseIpv6(value);
                    destination = Arguments.address(value);
                    if (destination.isEmpty()) {
                        throw new IpFailure(1, "Error: any valid address is expected rather than \"" + value + "\".");
                    }
                }
            }
        }
        if (name == null || destination.isEmpty()) {
            throw new IpFailure(255, "Device and destination are required arguments.");
        }
        NetDevice on = call.device(name);
        int address = destination.getAsInt();
        if (onProxy) {
            changeProxy(change, on, address);
        } else if (change == Change.DELETE) {
            delete(on, address);
        } else {
            var traits = new NeighbourEntry.Traits(router, externallyLearned, RouteNames.protocolNumber(protocol));
            set(change, on, address, linkAddress, state, traits);
        }
        return 0;
    }

    private void changeProxy(Change change, NetDevice on, int address) {
        call.request(() -> {
            if (change == Change.DELETE) {
                neighbours.removeProxy(on, address);
            } else {
                neighbours.addProxy(on, address);
            }
        });
    }

    private void delete(NetDevice on, int address) {
        call.request(() -> {
            NeighbourEntry entry = neighbours.find(on, address);
            if (entry == null) {
                throw new KernelException(Errno.ENOENT);
            }
            // neigh_delete: it fails before it goes
            neighbours.set(on, address, entry.mac(), NudState.FAILED);
            neighbours.remove(entry);
        });
    }

    private void set(Change change, NetDevice on, int address, @Nullable String linkAddress, NudState state, NeighbourEntry.Traits traits) {
        if (linkAddress != null) {
            Arguments.linkOctets(linkAddress);
        }
        OptionalLong mac = linkAddress == null ? OptionalLong.empty() : Mac.parse(linkAddress.toLowerCase(Locale.ROOT));
        call.request(() -> {
            if (linkAddress != null && mac.isEmpty()) {
                throw new KernelException(Errno.EINVAL, "Invalid link address");
            }
            NeighbourEntry entry = neighbours.find(on, address);
            if (entry == null && change == Change.CHANGE) {
                throw new KernelException(Errno.ENOENT);
            }
            if (entry != null && change == Change.ADD) {
                throw new KernelException(Errno.EEXIST);
            }
            if (state.isValid() && mac.isEmpty() && (entry == null || !entry.hasMac())) {
                neighbours.findOrFail(on, address);
                throw new KernelException(Errno.EINVAL, "No link layer address given");
            }
            neighbours.set(on, address, mac.isPresent() ? mac.getAsLong() : entry == null ? Mac.ZERO : entry.mac(), state, traits);
        });
    }

    private static String protocol(String word) {
        String name = RouteNames.protocol(word);
        if (name == null) {
            throw IpFailure.invalid(word, "\"protocol\" value is invalid\n");
        }
        return name;
    }

    /** {@code nud_state_a2n}. */
    private static NudState state(String word) {
        for (NudState state : NudState.values()) {
            if (matches(word, state.name().toLowerCase(Locale.ROOT))) {
                return state;
            }
        }
        throw IpFailure.invalid(word, "nud state is bad");
    }

    // ---- asking ----

    private void parse() {
        while (arguments.hasNext()) {
            String word = arguments.next();
            switch (word) {
                case "dev" -> device = call.device(arguments.next());
                case "master", "vrf" -> {
                    String value = arguments.next();
                    master = call.network().devices().find(value);
                    if (master == null) {
                        throw IpFailure.invalid(value, "Device does not exist\n");
                    }
                }
                case "nomaster" -> noMaster = true;
                case "unused" -> unused = true;
                case "nud" -> states(arguments.next());
                case "proxy" -> proxy = true;
                case "all" -> states = EnumSet.allOf(NudState.class);
                case "protocol" -> protocol = RouteNames.protocolNumber(protocol(arguments.next()));
                default -> {
                    String value = word.equals("to") ? arguments.next() : word;
                    if (matches(value, "help")) {
                        throw new IpFailure(255, Usage.NEIGHBOUR);
                    }
                    prefix = Arguments.prefix(value);
                }
            }
        }
    }

    private void states(String word) {
        if (word.equals("all")) {
            states = EnumSet.allOf(NudState.class);
        } else {
            states.add(state(word));
        }
    }

    private List<NeighbourEntry> chosen() {
        return call.options().wantsInet() ? neighbours.entries().stream().filter(this::passes).toList() : List.of();
    }

    private boolean passes(NeighbourEntry entry) {
        BridgePort port = entry.device().port();
        boolean stateFits = states.isEmpty()
                ? entry.state() != NudState.NOARP && entry.state() != NudState.NONE
                : states.contains(entry.state());
        return stateFits
                && (device == null || entry.device() == device)
                && (master == null || port != null && port.bridge() == master)
                && (!noMaster || port == null)
                && (!unused || !isInUse(entry))
                && (protocol == 0 || entry.traits().protocol() == protocol)
                && (prefix == null || Ipv4.inPrefix(entry.address(), prefix.address(), prefix.length()));
    }

    private static boolean isInUse(NeighbourEntry entry) {
        return switch (entry.state()) {
            case REACHABLE, DELAY, PROBE, INCOMPLETE -> true;
            case NONE, STALE, FAILED, NOARP, PERMANENT -> false;
        };
    }

    private int show() {
        parse();
        Printer out = call.options().printer();
        out.openArray();
        if (proxy) {
            printProxies(out);
        } else {
            chosen().forEach(entry -> print(out, entry));
        }
        out.closeArray();
        call.print(out);
        return 0;
    }

    private int get() {
        OptionalInt address = OptionalInt.empty();
        while (arguments.hasNext()) {
            String word = arguments.next();
            if (word.equals("dev")) {
                device = call.device(arguments.next());
            } else {
                address = OptionalInt.of(Arguments.prefix(word.equals("to") ? arguments.next() : word).address());
            }
        }
        if (device == null || address.isEmpty()) {
            throw new IpFailure(1, "Device and address are required arguments.");
        }
        NeighbourEntry entry = neighbours.find(device, address.getAsInt());
        if (entry == null) {
            throw IpFailure.of(new KernelException(Errno.ENOENT, "Neighbour entry not found"));
        }
        device = null;
        Printer out = call.options().printer();
        out.openArray();
        print(out, entry);
        out.closeArray();
        call.print(out);
        return 0;
    }

    private int flush() {
        if (!arguments.hasNext()) {
            throw new IpFailure(1, "Flush requires arguments.");
        }
        parse();
        if (states.isEmpty()) {
            states = EnumSet.complementOf(EnumSet.of(NudState.PERMANENT, NudState.NOARP));
        }
        if (call.options().family() == Family.INET6) {
            return 0;
        }
        List<NeighbourEntry> doomed = chosen();
        if (call.options().statistics > 1) {
            Printer out = call.options().printer();
            doomed.forEach(entry -> print(out, entry));
            call.print(out);
        }
        if (!doomed.isEmpty()) {
            call.request(() -> doomed.forEach(neighbours::remove));
        }
        FlushReport.print(call, doomed.size(), "entries");
        return 0;
    }

    // ---- printing ----

    /** One of {@code ip monitor}; without its device if that is known from {@code dev}. */
    void printOne(Printer out, NeighbourEntry entry, boolean deviceKnown) {
        device = deviceKnown ? entry.device() : null;
        print(out, entry);
    }

    private void print(Printer out, NeighbourEntry entry) {
        if (call.options().brief) {
            String mac = entry.hasMac() ? Mac.text(entry.mac()) : "";
            out.openObject();
            out.both("dst", "", pad(out, Ipv4.text(entry.address()), 39), " ");
            out.both("dev", "", pad(out, entry.device().name(), 16), " ");
            out.both("lladdr", "", mac, "\n");
            out.closeObject();
            return;
        }
        out.openObject();
        out.coloured(Colour.INET, "dst", "", Ipv4.text(entry.address()), " ");
        if (device == null) {
            out.coloured(Colour.INTERFACE, "dev", "dev ", entry.device().name(), " ");
        }
        if (entry.hasMac()) {
            out.coloured(Colour.MAC, "lladdr", "lladdr ", Mac.text(entry.mac()), " ");
        }
        flag(out, entry.traits().router(), "router");
        flag(out, entry.traits().externallyLearned(), "extern_learn");
        if (call.options().busybox || call.options().statistics > 0) {
            printTimes(out, entry);
        }
        out.openArray("state");
        out.element(entry.state().name());
        out.closeArray();
        out.text(entry.state() == NudState.NONE ? "" : entry.state().name() + (call.options().busybox ? "" : " "));
        if (entry.traits().protocol() != 0) {
            out.both("protocol", "proto ", RouteNames.protocolName(entry.traits().protocol()), " ");
        }
        out.text("\n");
        out.closeObject();
    }

    private static void flag(Printer out, boolean set, String name) {
        if (set) {
            out.json(name, null);
            out.text(name + " ");
        }
    }

    private static String pad(Printer out, String text, int width) {
        return out.isJson() ? text : text + " ".repeat(Math.max(0, width - text.length()));
    }

    private void printTimes(Printer out, NeighbourEntry entry) {
        long now = call.self().now();
        long used = (now - entry.used()) / SECOND;
        long confirmed = (now - entry.confirmed()) / SECOND;
        long updated = (now - entry.updated()) / SECOND;
        boolean busybox = call.options().busybox;
        boolean timed = switch (entry.state()) {
            case INCOMPLETE, REACHABLE, DELAY, PROBE -> true;
            case NONE, NOARP, PERMANENT, STALE, FAILED -> false;
        };
        if (timed) {
            // the timer holds a reference
            out.json("refcnt", 1);
            out.text(busybox ? "ref 1" : " ref 1");
        }
        out.json("used", used).json("confirmed", confirmed).json("updated", updated);
        out.text(" used " + used + "/" + confirmed + "/" + updated);
        out.both("probes", busybox ? " probes " : "probes ", entry.probes(), " ");
    }

    private void printProxies(Printer out) {
        for (NeighbourTable.Proxy one : neighbours.proxies()) {
            boolean meant = (device == null || one.device() == device)
                    && (prefix == null || Ipv4.inPrefix(one.address(), prefix.address(), prefix.length()));
            if (meant) {
                out.openObject();
                out.coloured(Colour.INET, "dst", "", Ipv4.text(one.address()), " ");
                if (device == null) {
                    out.coloured(Colour.INTERFACE, "dev", "dev ", one.device().name(), " ");
                }
                out.json("proxy", null);
                out.text("proxy \n");
                out.closeObject();
            }
        }
    }
}
