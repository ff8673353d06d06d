package dev.vethlab.engine.kernel.device;

import dev.vethlab.engine.kernel.Errno;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.kernel.NetworkNamespace;
import dev.vethlab.engine.kernel.bridge.BridgePort;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The devices of one namespace, and everything that is done to them: making, moving, raising, addressing. Keeps routes, neighbours,
 * settings and connections in step ({@code net/core/dev.c}, {@code net/ipv4/devinet.c}).
 */
public final class DeviceTable {
    /** {@code IFNAMSIZ} less its zero. */
    public static final int MAX_NAME = 15;

    private final NetworkNamespace namespace;
    private final TreeMap<Integer, NetDevice> byIndex = new TreeMap<>();
    private int lastIndex;

    public DeviceTable(NetworkNamespace namespace) {
        this.namespace = namespace;
    }

    /** All devices by index, as {@code ip link} lists them. */
    public Collection<NetDevice> all() {
        return Collections.unmodifiableCollection(byIndex.values());
    }

    public @Nullable NetDevice find(String name) {
        for (NetDevice device : byIndex.values()) {
            if (device.name().equals(name)) {
                return device;
            }
        }
        return null;
    }

    public @Nullable NetDevice find(int index) {
        return byIndex.get(index);
    }

    // ---- making ----

    /** The loopback device, index 1. */
    public Loopback addLoopback() {
        var loopback = new Loopback(namespace);
        register(loopback);
        return loopback;
    }

    /** @throws KernelException EEXIST, EINVAL for a bad name, ENOBUFS over the limit */
    public Bridge addBridge(String name, @Nullable Long mac) throws KernelException {
        check(name);
        var bridge = new Bridge(namespace, name, mac == null ? namespace.machine().kernel().randomMac() : mac);
        if (mac != null) {
            bridge.setMac(mac);
        }
        return register(bridge);
    }

    /** @throws KernelException as {@link #addBridge} */
    public Dummy addDummy(String name, @Nullable Long mac) throws KernelException {
        check(name);
        return register(new Dummy(namespace, name, mac == null ? namespace.machine().kernel().randomMac() : mac));
    }

    /** @throws KernelException as {@link #addBridge} */
    public EthernetCard addCard(String name, long mac) throws KernelException {
        check(name);
        return register(new EthernetCard(namespace, name, mac));
    }

    /**
     * Makes a veth pair; the peer may be born in another namespace. The peer comes first, as {@code veth_newlink} does it, and so has
     * the lower index when both are in one namespace.
     *
     * @throws KernelException as {@link #addBridge}
     */
    public Veth addVeth(String name, @Nullable Long mac, String peerName, @Nullable Long peerMac, NetworkNamespace peerNamespace)
            throws KernelException {
        check(name);
        peerNamespace.devices().check(peerName);
        if (peerNamespace == namespace && name.equals(peerName)) {
            throw new KernelException(Errno.EEXIST);
        }
        var kernel = namespace.machine().kernel();
        var peer = new Veth(peerNamespace, peerName, peerMac == null ? kernel.randomMac() : peerMac);
        var veth = new Veth(namespace, name, mac == null ? kernel.randomMac() : mac);
        Veth.join(veth, peer);
        peerNamespace.devices().register(peer);
        return register(veth);
    }

    private void check(String name) throws KernelException {
        if (name.isEmpty() || name.length() > MAX_NAME || name.equals(".") || name.equals("..")
                || name.chars().anyMatch(c -> c == '/' || c == ':' || Character.isWhitespace(c))) {
            throw new KernelException(Errno.EINVAL);
        }
        if (find(name) != null) {
            throw new KernelException(Errno.EEXIST);
        }
        if (byIndex.size() >= namespace.machine().kernel().limits().devicesPerNamespace()) {
            throw new KernelException(Errno.ENOBUFS);
        }
    }

    private <D extends NetDevice> D register(D device) {
        insert(device, ++lastIndex);
        return device;
    }

    private void insert(NetDevice device, int index) {
        device.setIndex(index);
        byIndex.put(index, device);
        namespace.sysctls().deviceAdded(device.name());
    }

    // ---- changing ----

    /** Deletes a device; of a pair, both ends. @throws KernelException EOPNOTSUPP for those that cannot be made either */
    public void delete(NetDevice device) throws KernelException {
        switch (device) {
            case Loopback lo -> throw new KernelException(Errno.EOPNOTSUPP);
            case EthernetCard card -> throw new KernelException(Errno.EOPNOTSUPP);
            case Veth veth -> {
                Veth peer = veth.peer();
                unregister(veth);
                if (peer != null) {
                    peer.namespace().devices().unregister(peer);
                }
            }
            case Bridge bridge -> unregister(bridge);
            case Dummy dummy -> unregister(dummy);
        }
    }

    /** The device goes: out of its bridge, its routes and neighbours with it. */
    void unregister(NetDevice device) {
        if (byIndex.get(device.index()) != device) {
            return;
        }
        if (device instanceof Bridge bridge) {
            List.copyOf(bridge.forwarding().ports()).forEach(port -> release(port.device()));
        }
        release(device);
        setDown(device);
        for (InterfaceAddress address : List.copyOf(device.addresses())) {
            deleteAddress(device, address);
        }
        namespace.routing().deviceGone(device);
        namespace.neighbours().deviceGone(device);
        namespace.sysctls().deviceRemoved(device.name());
        byIndex.remove(device.index());
    }

    /** Gives it another name. @throws KernelException EEXIST, EINVAL */
    public void rename(NetDevice device, String name) throws KernelException {
        if (!device.name().equals(name)) {
            check(name);
            namespace.sysctls().deviceRenamed(device.name(), name);
            device.setName(name);
        }
    }

    /**
     * Moves it to another namespace: down, without addresses; its index stays unless taken ({@code __dev_change_net_namespace}).
     *
     * @throws KernelException EINVAL for devices that cannot move, EEXIST if the name is taken there
     */
    public void move(NetDevice device, NetworkNamespace target) throws KernelException {
        if (device instanceof Loopback || device instanceof Bridge) {
            throw new KernelException(Errno.EINVAL, "The interface netns is immutable");
        }
        if (target == namespace) {
            return;
        }
        target.devices().check(device.name());
        release(device);
        setDown(device);
        for (InterfaceAddress address : List.copyOf(device.addresses())) {
            deleteAddress(device, address);
        }
        namespace.routing().deviceGone(device);
        namespace.neighbours().deviceGone(device);
        namespace.sysctls().deviceRemoved(device.name());
        byIndex.remove(device.index());
        DeviceTable there = target.devices();
        int index = there.byIndex.containsKey(device.index()) ? ++there.lastIndex : device.index();
        there.lastIndex = Math.max(there.lastIndex, index);
        device.setNamespace(target);
        there.insert(device, index);
    }

    public void setUp(NetDevice device) {
        if (!device.isUp()) {
            device.setUp(true);
            namespace.routing().deviceUp(device);
        }
    }

    public void setDown(NetDevice device) {
        if (device.isUp()) {
            device.setUp(false);
            namespace.routing().deviceDown(device);
            namespace.neighbours().deviceDown(device);
            namespace.conntrack().deviceLost(device, 0);
        }
    }

    /** Makes it a port of a bridge. @throws KernelException EBUSY if it is one already, EINVAL, ELOOP for what cannot be one */
    public void enslave(NetDevice device, Bridge bridge) throws KernelException {
        BridgePort port = device.port();
        if (port != null && port.bridge() == bridge) {
            return;
        }
        if (device instanceof Loopback) {
            throw new KernelException(Errno.EINVAL);
        }
        if (device instanceof Bridge) {
            throw new KernelException(Errno.ELOOP, "Can not enslave a bridge to a bridge");
        }
        release(device);
        bridge.forwarding().addPort(device);
    }

    /** Takes it out of its bridge, if it is in one. */
    public void release(NetDevice device) {
        BridgePort port = device.port();
        if (port != null) {
            port.bridge().forwarding().removePort(port);
        }
    }

    // ---- addresses ----

    /** Adds an address. @throws KernelException EEXIST if the device has it already */
    public void addAddress(NetDevice device, InterfaceAddress wanted) throws KernelException {
        boolean secondary = false;
        for (InterfaceAddress other : device.addresses()) {
            boolean sameNetwork = other.prefixLength() == wanted.prefixLength() && other.contains(wanted.peer());
            if (sameNetwork && other.address() == wanted.address()) {
                throw new KernelException(Errno.EEXIST, "ipv4: Address already assigned");
            }
            secondary |= sameNetwork;
        }
        var address = new InterfaceAddress(wanted.address(), wanted.peer(), wanted.prefixLength(), wanted.broadcast(), wanted.scope(),
                secondary, wanted.label());
        device.addresses().add(address);
        namespace.routing().addressAdded(device, address);
    }

    /** Removes an address; with a primary one go its secondaries, unless {@code promote_secondaries} is on. */
    public void deleteAddress(NetDevice device, InterfaceAddress address) {
        if (!device.addresses().remove(address)) {
            return;
        }
        if (!address.secondary()) {
            for (InterfaceAddress other : List.copyOf(device.addresses())) {
                if (other.secondary() && other.prefixLength() == address.prefixLength() && address.contains(other.address())) {
                    device.addresses().remove(other);
                    namespace.routing().addressRemoved(device, other);
                }
            }
        }
        namespace.routing().addressRemoved(device, address);
        namespace.conntrack().deviceLost(device, address.address());
    }

    /** The namespace is gone: so are its devices, and the peers of its veth ends. */
    public void deleteAll() {
        for (NetDevice device : List.copyOf(byIndex.values())) {
            NetDevice peer = device.peer();
            unregister(device);
            if (peer != null) {
                peer.namespace().devices().unregister(peer);
            }
        }
    }

    /** The namespace got another title: what the trace calls its devices' place changes. */
    public void refreshPlaces() {
        byIndex.values().forEach(NetDevice::refreshPlace);
    }
}
