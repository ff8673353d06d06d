package dev.vethlab.engine.docker.network;

import dev.vethlab.engine.docker.Ids;
import dev.vethlab.engine.docker.api.EngineException;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.kernel.NetworkNamespace;
import dev.vethlab.engine.kernel.device.DeviceMaker;
import dev.vethlab.engine.kernel.device.MacvlanMode;
import dev.vethlab.engine.kernel.device.NetDevice;
import java.util.Collection;
import java.util.Locale;

/**
 * The macvlan and ipvlan drivers: containers sit on the cable of one of the host's interfaces, their parent, past the host's bridges and
 * rules ({@code libnetwork/drivers/macvlan}, {@code drivers/ipvlan}).
 */
final class ParentDriver {
    private static final int MAX_VLAN = 4094;

    private final NetworkNamespace host;
    private final Ids ids;

    ParentDriver(NetworkNamespace host, Ids ids) {
        this.host = host;
        this.ids = ids;
    }

    // ---- networks ----

    /** Makes sure of the parent: one that is missing is made, as a dummy or as a VLAN of another one ({@code createNetwork}). */
    void createNetwork(Network network, Collection<Network> others) throws EngineException {
        ParentOptions options = network.parent();
        for (Network other : others) {
            if (other.parentOptions != null && other.parent().parent().equals(options.parent())) {
                checkShared(options, other);
            }
        }
        if (host.devices().find(options.parent()) != null) {
            return;
        }
        if (options.ownParent()) {
            try {
                NetDevice dummy = host.devices().addDummy(options.parent(), null);
                dummy.setTxQueueLength(0);
                host.devices().setUp(dummy);
            } catch (KernelException e) {
                throw EngineException.internal("failed to create the dummy link " + options.parent() + ": " + text(e));
            }
        } else {
            createVlan(options.parent());
        }
        network.parentIsOurs = true;
    }

    private static void checkShared(ParentOptions options, Network other) throws EngineException {
        switch (options) {
            case ParentOptions.Macvlan macvlan -> {
                boolean alone = other.parent() instanceof ParentOptions.Macvlan m && m.mode() == MacvlanMode.PASSTHRU;
                if (other.driver().equals("macvlan") && macvlan.mode() == MacvlanMode.PASSTHRU) {
                    throw EngineException.internal("cannot use mode passthru, macvlan network " + other.id()
                            + " is already using parent interface " + options.parent());
                }
                if (alone) {
                    throw EngineException.internal("macvlan network " + other.id() + " is already using parent interface "
                            + options.parent() + " in mode passthru");
                }
            }
            case ParentOptions.Ipvlan ipvlan -> {
                if (other.driver().equals("ipvlan")) {
                    throw EngineException.internal("network di-" + other.id().substring(0, 12) + " is already using parent interface "
                            + options.parent());
                }
            }
        }
    }

    /** {@code eth0.10} stands for VLAN 10 of {@code eth0} ({@code createVlanLink}). */
    private void createVlan(String name) throws EngineException {
        if (!name.contains(".")) {
            throw EngineException.internal("invalid subinterface vlan name " + name + ", example formatting is eth0.10");
        }
        String[] parts = name.split("\\.", -1);
        if (parts.length != 2) {
            throw EngineException.internal("required interface name format is: name.vlan_id, ex. eth0.10 for vlan 10, instead received "
                    + name);
        }
        int id;
        try {
            id = Integer.parseInt(parts[1]);
        } catch (NumberFormatException e) {
            throw EngineException.internal("unable to parse a valid vlan id from: " + parts[1] + " (ex. eth0.10 for vlan 10)");
        }
        NetDevice lower = host.devices().find(parts[0]);
        if (lower == null) {
            throw EngineException.internal("-o parent interface was not found on the host: " + parts[0]);
        }
        if (id < 1 || id > MAX_VLAN) {
            throw EngineException.internal("vlan id must be between 1-4094, received: " + id);
        }
        try {
            NetDevice vlan = new DeviceMaker(host).addVlan(name, lower, id);
            vlan.setTxQueueLength(0);
            host.devices().setUp(vlan);
        } catch (KernelException e) {
            throw EngineException.internal("failed to create " + name + " vlan link: " + text(e));
        }
    }

    /** Deletes the parent if the network made it. */
    void deleteNetwork(Network network) {
        NetDevice parent = host.devices().find(network.parent().parent());
        if (network.parentIsOurs && parent != null) {
            delete(parent);
        }
    }

    // ---- endpoints ----

    /** An interface on the parent, moved into the container ({@code createMacVlan}, {@code createIPVlan}). */
    void createEndpoint(Endpoint endpoint, Sandbox sandbox) throws EngineException {
        ParentOptions options = endpoint.network().parent();
        String name = ids.nextVeth();
        NetDevice parent = host.devices().find(options.parent());
        if (parent == null) {
            throw EngineException.internal("error occurred looking up the " + options.driver() + " parent iface " + options.parent()
                    + " error: Link not found");
        }
        try {
            var maker = new DeviceMaker(host);
            NetDevice device = switch (options) {
                case ParentOptions.Macvlan macvlan -> {
                    long mac = endpoint.mac != 0 ? endpoint.mac : host.kernel().randomMac();
                    NetDevice made = maker.addMacvlan(name, mac, parent, macvlan.mode());
                    endpoint.mac = made.mac();
                    yield made;
                }
                case ParentOptions.Ipvlan ipvlan -> maker.addIpvlan(name, parent, ipvlan.mode(), ipvlan.traffic());
            };
            device.setTxQueueLength(0);
            host.devices().move(device, sandbox.namespace());
            endpoint.containerSide = device;
        } catch (KernelException e) {
            throw EngineException.internal("failed to create the " + options.driver() + " port: " + text(e));
        }
    }

    void deleteEndpoint(Endpoint endpoint) {
        NetDevice device = endpoint.containerSide;
        endpoint.containerSide = null;
        if (device != null && device.namespace().devices().find(device.index()) == device) {
            delete(device);
        }
    }

    private static void delete(NetDevice device) {
        try {
            device.namespace().devices().delete(device);
        } catch (KernelException e) {
            throw new IllegalStateException("a device that cannot be deleted", e);
        }
    }

    private static String text(KernelException e) {
        return e.errno().message().toLowerCase(Locale.ROOT);
    }
}
