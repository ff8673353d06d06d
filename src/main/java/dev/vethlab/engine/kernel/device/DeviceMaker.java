package dev.vethlab.engine.kernel.device;

import dev.vethlab.engine.kernel.Errno;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.kernel.NetworkNamespace;
import dev.vethlab.engine.packet.VlanTag;
import org.jspecify.annotations.Nullable;

/** Makes the devices of a namespace that are built on others ({@code rtnl_link_ops.newlink}). */
public final class DeviceMaker {
    private static final int MAX_VLAN = 4094;

    private final NetworkNamespace namespace;

    public DeviceMaker(NetworkNamespace namespace) {
        this.namespace = namespace;
    }

    private DeviceTable table() {
        return namespace.devices();
    }

    private long macOr(@Nullable Long mac) {
        return mac == null ? namespace.kernel().randomMac() : mac;
    }

    /**
     * A VLAN of a device ({@code vlan_newlink}).
     *
     * @param mac null for that of the device below
     * @throws KernelException as {@link DeviceTable#addBridge}; EEXIST if there is one, EOPNOTSUPP on the loopback device
     */
    public Vlan addVlan(String name, @Nullable Long mac, NetDevice lower, int protocol, int id) throws KernelException {
        table().check(name);
        if (id > MAX_VLAN) {
            throw new KernelException(Errno.ERANGE, "8021q: Invalid VLAN id");
        }
        if (lower.isLoopback()) {
            throw new KernelException(Errno.EOPNOTSUPP, "8021q: VLANs not supported on device");
        }
        for (UpperDevice other : lower.uppers()) {
            if (other instanceof Vlan vlan && vlan.id() == id && vlan.protocol() == protocol) {
                throw new KernelException(Errno.EEXIST, "8021q: VLAN device already exists");
            }
        }
        return table().register(new Vlan(namespace, name, mac == null ? lower.mac() : mac, mac == null, lower, protocol, id));
    }

    /** Like {@link #addVlan} with the tags of 802.1Q. */
    public Vlan addVlan(String name, NetDevice lower, int id) throws KernelException {
        return addVlan(name, null, lower, VlanTag.CUSTOMER, id);
    }

    /**
     * A macvlan of a device; of a macvlan, one more of that one's ({@code macvlan_common_newlink}).
     *
     * @throws KernelException as {@link DeviceTable#addBridge}; EINVAL on the loopback device and where passthru wants to be alone, EBUSY
     */
    public Macvlan addMacvlan(String name, @Nullable Long mac, NetDevice below, MacvlanMode mode) throws KernelException {
        table().check(name);
        NetDevice lower = below instanceof Macvlan macvlan ? macvlan.lower() : below;
        if (lower.isLoopback()) {
            throw new KernelException(Errno.EINVAL);
        }
        if (lower.port() != null || lower.taker() instanceof IpvlanPort) {
            throw new KernelException(Errno.EBUSY);
        }
        MacvlanPort port = lower.taker() instanceof MacvlanPort known ? known : new MacvlanPort(lower);
        if (port.isPassthru() || (mode == MacvlanMode.PASSTHRU && !port.members().isEmpty())) {
            throw new KernelException(Errno.EINVAL);
        }
        var device = new Macvlan(namespace, name, mode == MacvlanMode.PASSTHRU ? lower.mac() : macOr(mac), port, mode);
        lower.setTaker(port);
        port.members().add(device);
        return table().register(device);
    }

    /**
     * An ipvlan of a device; of an ipvlan, one more of that one's ({@code ipvlan_link_new}).
     *
     * @param mode null to leave that of the others, or l3 for the first
     * @throws KernelException as {@link #addMacvlan}
     */
    public Ipvlan addIpvlan(String name, NetDevice below, @Nullable IpvlanMode mode, IpvlanPort.@Nullable Traffic traffic)
            throws KernelException {
        table().check(name);
        NetDevice lower = below instanceof Ipvlan ipvlan ? ipvlan.lower() : below;
        if (lower.isLoopback()) {
            throw new KernelException(Errno.EINVAL);
        }
        if (lower.port() != null || lower.taker() instanceof MacvlanPort) {
            throw new KernelException(Errno.EBUSY);
        }
        IpvlanPort port = lower.taker() instanceof IpvlanPort known ? known : new IpvlanPort(lower, IpvlanMode.L3);
        if (mode != null) {
            port.setMode(mode);
        }
        if (traffic != null) {
            port.setTraffic(traffic);
        }
        var device = new Ipvlan(namespace, name, port);
        lower.setTaker(port);
        port.members().add(device);
        return table().register(device);
    }

    /**
     * A vxlan.
     *
     * @throws KernelException as {@link DeviceTable#addBridge}; EEXIST if the namespace has one with this identifier on this port
     */
    public Vxlan addVxlan(String name, @Nullable Long mac, VxlanConfig config) throws KernelException {
        table().check(name);
        for (NetDevice other : table().all()) {
            if (other instanceof Vxlan vxlan && vxlan.config().id() == config.id() && vxlan.config().port() == config.port()) {
                throw new KernelException(Errno.EEXIST, "A VXLAN device with the specified VNI already exists");
            }
        }
        Vxlan device = table().register(new Vxlan(namespace, name, macOr(mac), config));
        if (config.remote() != 0) {
            device.database().add(0, VxlanDatabase.State.PERMANENT, new VxlanDatabase.Remote(config.remote(), 0, 0, config.device()),
                    VxlanDatabase.AddMode.ADD);
        }
        return device;
    }
}
