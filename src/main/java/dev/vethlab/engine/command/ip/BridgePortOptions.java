package dev.vethlab.engine.command.ip;

import dev.vethlab.engine.kernel.Errno;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.kernel.bridge.BridgePort;
import dev.vethlab.engine.kernel.bridge.PortState;
import dev.vethlab.engine.kernel.device.NetDevice;
import java.util.ArrayList;
import java.util.List;

/** The words after {@code type bridge_slave}; {@code bridge link set} has the same. */
final class BridgePortOptions {
    private final IpCall call;
    private final Arguments arguments;

    BridgePortOptions(IpCall call) {
        this.call = call;
        this.arguments = call.arguments();
    }

    void applyTo(NetDevice device) {
        List<Change> changes = new ArrayList<>();
        while (arguments.hasNext()) {
            String word = arguments.next();
            switch (word) {
                case "hairpin" -> flag(changes, word, (port, on) -> port.hairpin = on);
                case "guard" -> flag(changes, word, (port, on) -> port.guard = on);
                case "isolated" -> flag(changes, word, (port, on) -> port.isolated = on);
                case "learning" -> flag(changes, word, (port, on) -> port.learning = on);
                case "flood" -> flag(changes, word, (port, on) -> port.flood = on);
                case "mcast_flood" -> flag(changes, word, (port, on) -> port.multicastFlood = on);
                case "bcast_flood" -> flag(changes, word, (port, on) -> port.broadcastFlood = on);
                case "priority" -> {
                    int value = (int) arguments.unsigned("priority is invalid");
                    changes.add(port -> port.bridge().forwarding().tree().setPriority(port, value));
                }
                case "cost" -> {
                    int value = (int) arguments.unsigned("cost is invalid");
                    changes.add(port -> port.bridge().forwarding().tree().setCost(port, value));
                }
                case "fdb_flush" -> changes.add(port ->
                        port.bridge().forwarding().database().removeIf(entry -> entry.port() == port && entry.isDynamic()));
                case "state" -> {
                    int value = (int) arguments.unsigned("state is invalid");
                    changes.add(port -> {
                        if (value >= PortState.values().length) {
                            throw new KernelException(Errno.EINVAL);
                        }
                        port.bridge().forwarding().tree().setState(port, PortState.values()[value]);
                    });
                }
                case "fastleave", "mcast_fast_leave", "root_block", "proxy_arp", "proxy_arp_wifi", "mcast_to_unicast", "neigh_suppress",
                        "neigh_vlan_suppress", "neigh_forward_grat", "vlan_tunnel", "locked", "mab" -> {
                    arguments.oneOfOffOn(word, 1);
                    throw new Arguments.NotEmulated("ip link set … type bridge_slave " + word + " is not emulated");
                }
                case "mcast_router", "group_fwd_mask", "backup_port", "nobackup_port", "backup_nhid" ->
                        throw new Arguments.NotEmulated("ip link set … type bridge_slave " + word + " is not emulated");
                case "help" -> throw new IpFailure(1, KindUsage.BRIDGE_SLAVE);
                default -> throw new IpFailure(1, "bridge_slave: unknown option \"" + word + "\"?\n" + KindUsage.BRIDGE_SLAVE);
            }
        }
        call.request(() -> {
            BridgePort port = device.port();
            if (port == null) {
                throw new KernelException(Errno.EINVAL);
            }
            for (Change change : changes) {
                change.applyTo(port);
            }
            // the change is announced, and whoever hears of it looks at the port again
            port.bridge().forwarding().tree().check(port);
        });
    }

    private interface Change {
        void applyTo(BridgePort port) throws KernelException;
    }

    private interface Setter {
        void set(BridgePort port, boolean on);
    }

    private void flag(List<Change> changes, String word, Setter setter) {
        boolean on = arguments.oneOfOffOn(word, 1);
        changes.add(port -> setter.set(port, on));
    }
}
