package dev.vethlab.engine.command.bridge;

import static dev.vethlab.engine.command.ip.Arguments.matches;

import dev.vethlab.engine.command.ip.Arguments;
import dev.vethlab.engine.command.ip.IpFailure;
import dev.vethlab.engine.command.ip.Printer;
import dev.vethlab.engine.kernel.Errno;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.kernel.bridge.BridgePort;
import dev.vethlab.engine.kernel.bridge.MulticastDatabase;
import dev.vethlab.engine.kernel.device.Bridge;
import dev.vethlab.engine.kernel.device.NetDevice;
import dev.vethlab.engine.packet.Ipv4;
import java.util.Locale;
import java.util.OptionalInt;

/** {@code bridge mdb} ({@code bridge/mdb.c}). */
final class BridgeMdb {
    private final BridgeCall call;
    private final Arguments arguments;

    BridgeMdb(BridgeCall call) {
        this.call = call;
        this.arguments = call.arguments();
    }

    int run() {
        String command = arguments.hasNext() ? arguments.next() : "show";
        if (matches(command, "add") || matches(command, "replace") || matches(command, "delete")) {
            return change(matches(command, "delete"), matches(command, "replace"));
        } else if (matches(command, "show") || matches(command, "lst") || matches(command, "list")) {
            return show();
        } else if (matches(command, "get") || matches(command, "flush") || matches(command, "help")) {
            throw new Arguments.NotEmulated("bridge mdb " + command + " is not emulated");
        }
        throw new IpFailure(255, "Command \"" + command + "\" is unknown, try \"bridge mdb help\".");
    }

    // ---- show ----

    private int show() {
        NetDevice wanted = null;
        while (arguments.hasNext()) {
            String word = arguments.next();
            if (word.equals("dev")) {
                wanted = call.device(arguments.next(), "");
            } else {
                throw new Arguments.NotEmulated("bridge mdb show " + word + " is not emulated");
            }
        }
        Printer out = call.options().printer();
        out.openArray();
        out.openObject();
        out.openArray("mdb");
        for (NetDevice device : call.network().devices().all()) {
            if (device instanceof Bridge bridge && (wanted == null || wanted == bridge)) {
                bridge.forwarding().multicast().entries().forEach(entry -> print(out, bridge, entry));
            }
        }
        out.closeArray();
        out.openObject("router");
        out.closeObject();
        out.closeObject();
        out.closeArray();
        call.self().print(out.finished());
        return 0;
    }

    private void print(Printer out, Bridge bridge, MulticastDatabase.Entry entry) {
        BridgePort port = entry.port();
        out.openObject();
        out.json("index", bridge.index());
        out.both("dev", "dev ", bridge.name(), "");
        out.both("port", " port ", port == null ? bridge.name() : port.device().name(), "");
        out.both("grp", " grp ", entry.group(), "");
        out.both("state", " ", entry.isPermanent() ? "permanent" : "temp", "");
        out.openArray("flags");
        out.closeArray();
        if (call.options().details()) {
            out.both("protocol", " proto ", entry.learned() ? "kernel" : "static", "");
        }
        if (call.options().statistics()) {
            long hundredths = entry.isPermanent() ? 0 : (entry.expires() - call.self().now()) / 10_000_000;
            out.both("timer", "  ", String.format(Locale.ROOT, "%4d.%02d", hundredths / 100, hundredths % 100), "");
        }
        out.text("\n");
        out.closeObject();
    }

    // ---- add, replace, del ----

    private int change(boolean remove, boolean replace) {
        String dev = "";
        String port = "";
        String group = "";
        boolean permanent = false;
        while (arguments.hasNext()) {
            String word = arguments.next();
            switch (word) {
                case "dev" -> dev = arguments.next();
                case "port" -> port = arguments.next();
                case "grp" -> group = arguments.next();
                case "permanent" -> permanent = true;
                case "temp" -> permanent = false;
                default -> throw new Arguments.NotEmulated("bridge mdb … " + word + " is not emulated");
            }
        }
        if (dev.isEmpty() || port.isEmpty() || group.isEmpty()) {
            throw new IpFailure(255, "Device, group address and port name are required arguments.");
        }
        NetDevice master = call.device(dev, "");
        NetDevice device = call.device(port, "");
        OptionalInt address = Arguments.address(group);
        if (address.isEmpty()) {
            throw new Arguments.NotEmulated("bridge mdb … grp " + group + " is not emulated");
        }
        boolean lasting = permanent;
        call.request(() -> {
            if (!(master instanceof Bridge bridge)) {
                throw new KernelException(Errno.EOPNOTSUPP, "Device does not support MDB operations");
            }
            if (!Ipv4.isMulticast(address.getAsInt())) {
                throw new KernelException(Errno.EINVAL, "IPv4 entry group address is not multicast or 0.0.0.0");
            }
            request(bridge, device, Ipv4.text(address.getAsInt()), remove, replace, lasting);
        });
        return 0;
    }

    private static void request(Bridge bridge, NetDevice device, String group, boolean remove, boolean replace, boolean permanent)
            throws KernelException {
        MulticastDatabase database = bridge.forwarding().multicast();
        BridgePort port = device.port();
        if (device != bridge && port == null) {
            throw new KernelException(Errno.EINVAL, "bridge: Net device is not a bridge port");
        }
        if (port != null && port.bridge() != bridge) {
            throw new KernelException(Errno.EINVAL, "bridge: Port doesn't belong to current bridge");
        }
        if (remove || replace) {
            boolean known = database.remove(group, port);
            if (remove && !known) {
                throw new KernelException(Errno.EINVAL);
            }
        }
        if (!remove && !database.add(group, port, permanent)) {
            throw new KernelException(Errno.EEXIST, "bridge: (*, G) group is already joined by port");
        }
    }
}
