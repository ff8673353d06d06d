package dev.vethlab.engine.command.bridge;

import dev.vethlab.engine.command.ip.Arguments;
import dev.vethlab.engine.command.ip.IpFailure;
import dev.vethlab.engine.kernel.device.NetDevice;
import dev.vethlab.engine.kernel.device.VxlanDatabase;
import org.jspecify.annotations.Nullable;

/** The words of {@code bridge fdb} that say where a tunnel ends. */
final class RemoteOptions {
    private final BridgeCall call;
    private int address;
    private int port;
    private int id;
    private @Nullable NetDevice device;

    RemoteOptions(BridgeCall call) {
        this.call = call;
    }

    void parse(String word) {
        String value = call.arguments().next();
        switch (word) {
            case "dst" -> {
                Arguments.refuseIpv6(value);
                address = Arguments.address(value).orElseThrow(() ->
                        new IpFailure(1, "Error: any valid address is expected rather than \"" + value + "\"."));
            }
            case "port" -> port = number(value, 0xFFFF, "invalid port");
            case "vni" -> id = number(value, (1 << 24) - 1, "invalid vni");
            case "via" -> device = call.device(value, "");
            default -> throw new IllegalArgumentException(word);
        }
    }

    private static int number(String value, int max, String complaint) {
        return (int) Arguments.number(value, max).orElseThrow(() -> new IpFailure(255, complaint));
    }

    VxlanDatabase.Remote remote() {
        return new VxlanDatabase.Remote(address, port, id, device);
    }
}
