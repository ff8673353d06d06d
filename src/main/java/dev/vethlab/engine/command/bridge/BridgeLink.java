package dev.vethlab.engine.command.bridge;

import static dev.vethlab.engine.command.ip.Arguments.matches;

import dev.vethlab.engine.command.ip.Arguments;
import dev.vethlab.engine.command.ip.IpFailure;
import dev.vethlab.engine.command.ip.LinkPrinter;
import dev.vethlab.engine.command.ip.Printer;
import dev.vethlab.engine.kernel.Errno;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.kernel.bridge.BridgePort;
import dev.vethlab.engine.kernel.bridge.PortState;
import dev.vethlab.engine.kernel.device.NetDevice;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code bridge link} ({@code bridge/link.c}). */
final class BridgeLink {
    private static final String USAGE = """
            Usage: bridge link set dev DEV [ cost COST ] [ priority PRIO ] [ state STATE ]
                                           [ guard {on | off} ]
                                           [ hairpin {on | off} ]
                                           [ fastleave {on | off} ]
                                           [ root_block {on | off} ]
                                           [ learning {on | off} ]
                                           [ learning_sync {on | off} ]
                                           [ flood {on | off} ]
                                           [ mcast_router MULTICAST_ROUTER ]
                                           [ mcast_flood {on | off} ]
                                           [ bcast_flood {on | off} ]
                                           [ mcast_to_unicast {on | off} ]
                                           [ mcast_max_groups MAX_GROUPS ]
                                           [ neigh_suppress {on | off} ]
                                           [ neigh_vlan_suppress {on | off} ]
                                           [ neigh_forward_grat {on | off} ]
                                           [ vlan_tunnel {on | off} ]
                                           [ isolated {on | off} ]
                                           [ locked {on | off} ]
                                           [ mab {on | off} ]
                                           [ hwmode {vepa | veb} ]
                                           [ backup_port DEVICE ] [ nobackup_port ]
                                           [ backup_nhid NHID ]
                                           [ self ] [ master ]
                   bridge link show [dev DEV] [master DEVICE]""";

    private final BridgeCall call;
    private final Arguments arguments;

    BridgeLink(BridgeCall call) {
        this.call = call;
        this.arguments = call.arguments();
    }

    int run() {
        if (!arguments.hasNext()) {
            return show();
        }
        String command = arguments.next();
        if (matches(command, "set") || matches(command, "change")) {
            return set();
        } else if (matches(command, "show") || matches(command, "lst") || matches(command, "list")) {
            return show();
        } else if (matches(command, "help")) {
            throw new IpFailure(255, USAGE);
        }
        throw new IpFailure(255, "Command \"" + command + "\" is unknown, try \"bridge link help\".");
    }

    // ---- show ----

    private int show() {
        NetDevice wanted = null;
        NetDevice master = null;
        while (arguments.hasNext()) {
            String word = arguments.next();
            if (word.equals("master")) {
                master = call.device(arguments.next(), "");
            } else if (word.equals("dev")) {
                wanted = call.device(arguments.next(), "");
            }
        }
        Printer out = call.options().printer();
        out.openArray();
        for (NetDevice device : call.network().devices().all()) {
            BridgePort port = device.port();
            if (port != null && (wanted == null || wanted == device) && (master == null || port.bridge() == master)) {
                print(out, device, port);
            }
        }
        out.closeArray();
        call.self().print(out.finished());
        return 0;
    }

    private void print(Printer out, NetDevice device, BridgePort port) {
        out.openObject();
        out.both("ifindex", "", device.index(), ": ");
        printName(out, device);
        List<String> flags = LinkPrinter.flags(device);
        NetDevice lower = device.lower();
        NetDevice here = lower == null ? null : call.network().devices().find(lower.index());
        if (here != null && !here.isUp()) {
            flags.add("M-DOWN");
        }
        out.openArray("flags");
        flags.forEach(out::element);
        out.closeArray();
        out.text("<" + String.join(",", flags) + "> ");
        out.both("mtu", "mtu ", device.mtu(), " ");
        out.both("master", "master ", port.bridge().name(), " ");
        out.both("state", "state ", port.state().text(), " ");
        out.both("priority", "priority ", port.priority(), " ");
        out.both("cost", "cost ", port.cost(), " ");
        if (call.options().details()) {
            out.newLine();
            out.text("    ");
            details(port).forEach((name, value) -> {
                out.json(name, value);
                out.text(name + " " + (value instanceof Boolean on ? on ? "on" : "off" : value) + " ");
            });
        }
        out.text("\n");
        out.closeObject();
    }

    /** A dump for {@code AF_BRIDGE} does not say in which namespace the lower device is: its index is looked up in this one. */
    private void printName(Printer out, NetDevice device) {
        NetDevice lower = device.lower();
        String name = device.name();
        if (lower != null) {
            NetDevice here = call.network().devices().find(lower.index());
            name += "@" + (here == null ? "if" + lower.index() : here.name());
            if (here == null) {
                out.json("link_index", lower.index());
            } else {
                out.json("link", here.name());
            }
        }
        out.json("ifname", device.name());
        out.text(name + ": ");
    }

    private static Map<String, Object> details(BridgePort port) {
        var details = new LinkedHashMap<String, Object>();
        details.put("hairpin", port.hairpin);
        details.put("guard", port.guard);
        details.put("root_block", false);
        details.put("fastleave", false);
        details.put("learning", port.learning);
        details.put("flood", port.flood);
        details.put("mcast_flood", port.multicastFlood);
        details.put("bcast_flood", port.broadcastFlood);
        details.put("mcast_router", 1);
        details.put("mcast_to_unicast", false);
        details.put("neigh_suppress", false);
        details.put("neigh_vlan_suppress", false);
        details.put("vlan_tunnel", false);
        details.put("isolated", port.isolated);
        details.put("locked", false);
        details.put("mab", false);
        details.put("mcast_n_groups", port.bridge().forwarding().multicast().groups(port));
        details.put("mcast_max_groups", 0);
        return details;
    }

    // ---- set ----

    private int set() {
        String name = null;
        List<Change> changes = new ArrayList<>();
        while (arguments.hasNext()) {
            String word = arguments.next();
            switch (word) {
                case "dev" -> name = arguments.next();
                case "hairpin" -> flag(changes, word, (port, on) -> port.hairpin = on);
                case "learning" -> flag(changes, word, (port, on) -> port.learning = on);
                case "flood" -> flag(changes, word, (port, on) -> port.flood = on);
                case "mcast_flood" -> flag(changes, word, (port, on) -> port.multicastFlood = on);
                case "bcast_flood" -> flag(changes, word, (port, on) -> port.broadcastFlood = on);
                case "isolated" -> flag(changes, word, (port, on) -> port.isolated = on);
                case "state" -> {
                    PortState state = state(arguments.next());
                    changes.add(port -> {
                        if (state == null) {
                            throw new KernelException(Errno.EINVAL);
                        }
                        port.bridge().forwarding().tree().setState(port, state);
                    });
                }
                case "cost" -> number(changes, (port, value) -> {
                    // bridge/link.c sends a cost only if it is above 0
                    if (value > 0) {
                        port.bridge().forwarding().tree().setCost(port, value);
                    }
                });
                case "priority" -> number(changes, (port, value) -> port.bridge().forwarding().tree().setPriority(port, value));
                case "guard" -> flag(changes, word, (port, on) -> port.guard = on);
                case "self", "master" -> {}
                case "fastleave", "root_block", "learning_sync", "mcast_to_unicast", "neigh_suppress", "neigh_vlan_suppress",
                        "neigh_forward_grat", "vlan_tunnel", "locked", "mab" -> {
                    flag(changes, word, (port, on) -> {});
                    throw new Arguments.NotEmulated("bridge link set " + word + " is not emulated");
                }
                case "mcast_router", "mcast_max_groups", "hwmode", "backup_port", "nobackup_port", "backup_nhid" ->
                        throw new Arguments.NotEmulated("bridge link set " + word + " is not emulated");
                default -> throw new IpFailure(255, USAGE);
            }
        }
        if (name == null) {
            throw new IpFailure(255, "Device is a required argument.");
        }
        NetDevice device = call.device(name, "bridge ");
        call.request(() -> {
            BridgePort port = device.port();
            if (port == null) {
                throw new KernelException(Errno.EOPNOTSUPP);
            }
            for (Change change : changes) {
                change.applyTo(port);
            }
        });
        return 0;
    }

    private interface Change {
        void applyTo(BridgePort port) throws KernelException;
    }

    private interface FlagSetter {
        void set(BridgePort port, boolean on);
    }

    private void flag(List<Change> changes, String word, FlagSetter setter) {
        String value = arguments.next();
        if (!value.equals("on") && !value.equals("off")) {
            throw new IpFailure(234, "Error: argument of \"" + word + "\" must be one of \"off\", \"on\", not \"" + value + "\"");
        }
        changes.add(port -> setter.set(port, value.equals("on")));
    }

    /** A state by its number or name; null for a number that is none, which is for the kernel to refuse. */
    private static @Nullable PortState state(String word) {
        for (PortState state : PortState.values()) {
            if (word.equals(state.text()) || word.equals(Integer.toString(state.ordinal()))) {
                return state;
            }
        }
        if (word.matches("\\d+")) {
            return null;
        }
        throw new IpFailure(255, "Error: invalid STP port state");
    }

    private interface NumberSetter {
        void set(BridgePort port, int value) throws KernelException;
    }

    private void number(List<Change> changes, NumberSetter setter) {
        String value = arguments.next();
        int number = (int) Arguments.number(value, 65535).orElse(0);
        changes.add(port -> setter.set(port, number));
    }
}
