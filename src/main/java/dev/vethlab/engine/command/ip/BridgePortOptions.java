package dev.vethlab.engine.command.ip;

import dev.vethlab.engine.kernel.Errno;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.kernel.bridge.BridgePort;
import dev.vethlab.engine.kernel.device.NetDevice;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The words after {@code type bridge_slave}; {@code bridge link set} has the same. */
final class BridgePortOptions {
    private final IpCall call;
    private final Arguments arguments;

    BridgePortOptions(IpCall call) {
        this.call = call;
        this.arguments = call.arguments();
    }

    void applyTo(NetDevice device) {
        List<Consumer<BridgePort>> changes = new ArrayList<>();
        while (arguments.hasNext()) {
            String word = arguments.next();
            switch (word) {
                case "hairpin" -> flag(changes, word, (port, on) -> port.hairpin = on);
                case "isolated" -> flag(changes, word, (port, on) -> port.isolated = on);
                case "learning" -> flag(changes, word, (port, on) -> port.learning = on);
                case "flood" -> flag(changes, word, (port, on) -> port.flood = on);
                case "priority" -> {
                    int value = (int) arguments.unsigned("priority is invalid");
                    changes.add(port -> port.setPriority(value));
                }
                case "cost" -> {
                    int value = (int) arguments.unsigned("cost is invalid");
                    changes.add(port -> port.setCost(value));
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
            changes.forEach(change -> change.accept(port));
        });
    }

    private interface Setter {
        void set(BridgePort port, boolean on);
    }

    private void flag(List<Consumer<BridgePort>> changes, String word, Setter setter) {
        boolean on = arguments.onOff(word);
        changes.add(port -> setter.set(port, on));
    }
}
