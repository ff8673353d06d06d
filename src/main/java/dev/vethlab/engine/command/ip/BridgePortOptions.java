package dev.vethlab.engine.command.ip;

import dev.vethlab.engine.kernel.Errno;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.kernel.bridge.BridgePort;
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
                default -> throw new Arguments.NotEmulated("ip link set … type bridge_slave " + word + " is not emulated");
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
        });
    }

    private interface Change {
        void applyTo(BridgePort port) throws KernelException;
    }

    private interface Setter {
        void set(BridgePort port, boolean on);
    }

    private void flag(List<Change> changes, String word, Setter setter) {
        boolean on = arguments.onOff(word);
        changes.add(port -> setter.set(port, on));
    }
}
