package dev.vethlab.engine.command.bridge;

import static dev.vethlab.engine.command.ip.Arguments.matches;

import dev.vethlab.engine.command.ip.Arguments;
import dev.vethlab.engine.command.ip.IpFailure;
import dev.vethlab.engine.kernel.Errno;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.process.EmulatedProcess;
import java.util.OptionalLong;

/**
 * {@code bridge vlan}, {@code vni} and {@code mst} for a kernel whose bridges filter no VLANs, as the recorded one
 * ({@code CONFIG_BRIDGE_VLAN_FILTERING} is not set): there are none to show, and none can be made.
 */
final class BridgeVlan {
    private static final int MAX_ID = 4095;

    /** {@code VLAN_VID_MASK}. */
    private static final int RESERVED_ID = 4095;

    private final BridgeCall call;
    private final Arguments arguments;

    BridgeVlan(BridgeCall call) {
        this.call = call;
        this.arguments = call.arguments();
    }

    int run() {
        String command = arguments.hasNext() ? arguments.next() : "show";
        if (matches(command, "add") || matches(command, "delete")) {
            return change(matches(command, "add"));
        } else if (matches(command, "show") || matches(command, "lst") || matches(command, "list")) {
            return show();
        } else if (matches(command, "global")) {
            return global();
        } else if (matches(command, "set") || matches(command, "tunnelshow") || matches(command, "help")) {
            throw new Arguments.NotEmulated("bridge vlan " + command + " is not emulated");
        }
        throw new IpFailure(255, "Command \"" + command + "\" is unknown, try \"bridge vlan help\".");
    }

    private int show() {
        while (arguments.hasNext()) {
            if (arguments.next().equals("dev")) {
                call.device(arguments.next(), "");
            }
        }
        return call.options().details() ? refused() : table("port              vlan-id  ");
    }

    private int table(String heading) {
        call.self().println(call.options().json() ? "[]" : heading);
        return 0;
    }

    private int global() {
        String command = arguments.hasNext() ? arguments.next() : "show";
        if (!matches(command, "show")) {
            throw new Arguments.NotEmulated("bridge vlan global " + command + " is not emulated");
        }
        return refused();
    }

    /** {@code RTM_GETVLAN} is refused by a kernel without VLANs of bridges. */
    private int refused() {
        EmulatedProcess self = call.self();
        self.error("RTNETLINK answers: " + Errno.EOPNOTSUPP.message() + "\nDump terminated");
        table("port              vlan-id  ");
        return 1;
    }

    private int change(boolean add) {
        String device = "";
        String id = "";
        while (arguments.hasNext()) {
            String word = arguments.next();
            if (word.equals("dev")) {
                device = arguments.next();
            } else if (word.equals("vid")) {
                id = arguments.next();
            }
        }
        if (device.isEmpty() || id.isEmpty()) {
            throw new IpFailure(255, "Device and VLAN ID are required arguments.");
        }
        call.device(device, "bridge ");
        boolean none = false;
        for (String end : id.split("-", 2)) {
            OptionalLong number = Arguments.number(end, MAX_ID);
            if (number.isEmpty()) {
                throw new IpFailure(255, "Invalid VLAN ID \"" + id + "\"");
            }
            none |= number.getAsLong() == 0 || number.getAsLong() >= RESERVED_ID;
        }
        boolean invalid = none;
        call.request(() -> {
            if (invalid) {
                // br_validate_vlan_id() in br_netlink.c
                throw new KernelException(Errno.EINVAL, "bridge: Vlan id is invalid");
            }
            if (add) {
                throw new KernelException(Errno.EOPNOTSUPP);
            }
        });
        return 0;
    }

    /** {@code bridge vni}. */
    int tunnels() {
        return table("dev               vni                group/remote");
    }

    /** {@code bridge mst}: the dump ends with an error. */
    int spanningTrees() {
        call.self().error("Dump terminated");
        table("port              msti     ");
        return 255;
    }
}
