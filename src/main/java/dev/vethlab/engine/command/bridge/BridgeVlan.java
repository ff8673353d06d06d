package dev.vethlab.engine.command.bridge;

import static dev.vethlab.engine.command.ip.Arguments.matches;

import dev.vethlab.engine.command.ip.Arguments;

/** {@code bridge vlan}: no bridge here filters VLANs, so there are none to show. */
final class BridgeVlan {
    private final BridgeCall call;

    BridgeVlan(BridgeCall call) {
        this.call = call;
    }

    int run() {
        Arguments arguments = call.arguments();
        String command = arguments.hasNext() ? arguments.next() : "show";
        if (!matches(command, "show") && !matches(command, "lst") && !matches(command, "list")) {
            throw new Arguments.NotEmulated("VLAN filtering of bridges is not emulated");
        }
        call.self().println(call.options().json() ? "[]" : "port              vlan-id  ");
        return 0;
    }
}
