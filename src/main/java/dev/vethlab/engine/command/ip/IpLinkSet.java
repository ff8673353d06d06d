package dev.vethlab.engine.command.ip;

import dev.vethlab.engine.kernel.Errno;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.kernel.device.Bridge;
import dev.vethlab.engine.kernel.device.DeviceTable;
import dev.vethlab.engine.kernel.device.NetDevice;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code ip link set}: changes a device, or all of a group. */
final class IpLinkSet {
    private final IpCall call;

    IpLinkSet(IpCall call) {
        this.call = call;
    }

    int run() {
        var wanted = new LinkParameters(call, false);
        wanted.parse();
        if (wanted.group >= 0 && wanted.device == null) {
            List<NetDevice> group = call.network().devices().all().stream().filter(d -> d.group() == wanted.group).toList();
            group.forEach(device -> change(device, wanted, null));
            return 0;
        }
        if (wanted.device == null) {
            throw new IpFailure(255, "Not enough information: \"dev\" argument is required.");
        }
        if (wanted.index != 0 && wanted.namespace == null) {
            throw new IpFailure(255, "index can be used only when creating devices or when moving device to another netns.");
        }
        if (wanted.index != 0) {
            throw new Arguments.NotEmulated("ip link set … netns … index is not emulated");
        }
        NetDevice device = call.device(wanted.device);
        BridgeOptions options = null;
        KindOptions kindOptions = wanted.kind == null ? null : KindOptions.parse(call, wanted.kind);
        if ("bridge".equals(wanted.kind)) {
            options = new BridgeOptions(call.arguments());
            options.parse();
            if (!(device instanceof Bridge)) {
                throw IpFailure.of(new KernelException(Errno.EOPNOTSUPP));
            }
        } else if ("bridge_slave".equals(wanted.kind)) {
            new BridgePortOptions(call).applyTo(device);
        } else if (kindOptions != null) {
            call.request(() -> kindOptions.applyTo(device));
        } else if (wanted.kind != null && call.arguments().hasNext()) {
            throw new Arguments.NotEmulated("ip link set … type " + wanted.kind + " is not emulated");
        }
        change(device, wanted, options);
        return 0;
    }

    /** The order in which {@code do_setlink} goes through a request. */
    private void change(NetDevice device, LinkParameters wanted, @Nullable BridgeOptions options) {
        DeviceTable devices = device.namespace().devices();
        call.request(() -> {
            if (wanted.namespace != null) {
                devices.move(device, wanted.namespace);
            }
            DeviceTable table = device.namespace().devices();
            if (wanted.mac != null) {
                table.setMac(device, wanted.mac);
            }
            if (wanted.mtu >= 0) {
                table.setMtu(device, wanted.mtu);
            }
            if (wanted.group >= 0) {
                device.setGroup(wanted.group);
            }
            if (wanted.name != null) {
                table.rename(device, wanted.name);
            }
            if (wanted.alias != null) {
                device.setAlias(wanted.alias);
            }
            wanted.flags.forEach(device::set);
            if (wanted.master != null) {
                table.setMaster(device, wanted.master);
            } else if (wanted.noMaster) {
                table.release(device);
            }
            if (wanted.carrier != null) {
                throw new KernelException(Errno.EOPNOTSUPP);
            }
            if (wanted.txQueueLength >= 0) {
                device.setTxQueueLength((int) wanted.txQueueLength);
            }
            if (wanted.protodown != null) {
                throw new KernelException(Errno.EOPNOTSUPP, "Protodown not supported by device");
            }
            if (options != null && device instanceof Bridge bridge) {
                options.applyTo(bridge);
            }
            if (wanted.up != null) {
                setUp(table, device, wanted.up);
            }
        });
    }

    private static void setUp(DeviceTable table, NetDevice device, boolean up) throws KernelException {
        if (up) {
            table.setUp(device);
        } else {
            table.setDown(device);
        }
    }
}
