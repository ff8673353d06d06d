package dev.vethlab.engine.command.ip;

import dev.vethlab.engine.kernel.bridge.BridgePort;
import dev.vethlab.engine.kernel.device.NetDevice;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which devices {@code ip link show} and {@code ip address show} are asked for. */
final class DeviceFilter {
    private final IpCall call;
    @Nullable NetDevice device;
    private @Nullable String name;
    private @Nullable NetDevice master;
    private boolean noMaster;
    private @Nullable String kind;
    private boolean up;
    private boolean down;
    private int group = -1;

    DeviceFilter(IpCall call) {
        this.call = call;
    }

    /** Takes {@code word} and what belongs to it, if it is about devices. */
    boolean take(String word) {
        Arguments arguments = call.arguments();
        switch (word) {
            case "up" -> up = true;
            case "down" -> down = true;
            case "group" -> {
                String value = arguments.next();
                group = group(value);
            }
            case "master", "vrf" -> {
                String value = arguments.next();
                master = call.network().devices().find(value);
                if (master == null) {
                    throw IpFailure.invalid(value, word.equals("vrf") ? "Not a valid VRF name\n" : "Device does not exist\n");
                }
            }
            case "nomaster" -> noMaster = true;
            case "type" -> kind = arguments.next();
            default -> {
                return false;
            }
        }
        return true;
    }

    /** Takes a device's name. */
    void takeName(String word) {
        String wanted = word.equals("dev") ? call.arguments().next() : word;
        if (name != null) {
            throw IpFailure.garbage("dev", wanted);
        }
        name = wanted;
    }

    /** Whether one device was named. */
    boolean namesDevice() {
        return name != null;
    }

    /** A device group's number: {@code default} is 0. */
    static int group(String value) {
        if (value.equals("default")) {
            return 0;
        }
        return (int) Arguments.number(value, 0xFFFFFFFFL).orElseThrow(() -> IpFailure.invalid(value, "Invalid \"group\" value\n"));
    }

    /** The devices that are meant, by index. @throws IpFailure if one was named that is not there */
    Collection<NetDevice> devices() {
        if (name != null) {
            device = call.network().devices().find(name);
            if (device == null) {
                throw IpFailure.deviceDoesNotExist(name);
            }
            call.network().machine().linkWatch().sync(device);
            return passes(device) ? List.of(device) : List.of();
        }
        return call.network().devices().all().stream().filter(this::passes).toList();
    }

    private boolean passes(NetDevice candidate) {
        BridgePort port = candidate.port();
        return (!up || candidate.isUp())
                && (!down || !candidate.isUp())
                && (group < 0 || candidate.group() == group)
                && (master == null || (port != null && port.bridge() == master))
                && (!noMaster || port == null)
                && (kind == null || passesKind(candidate, port));
    }

    private boolean passesKind(NetDevice candidate, @Nullable BridgePort port) {
        return "bridge_slave".equals(kind) ? port != null : candidate.kind().equals(kind);
    }
}
