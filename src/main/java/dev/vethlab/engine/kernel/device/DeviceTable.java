package dev.vethlab.engine.kernel.device;

import dev.vethlab.engine.kernel.Errno;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.kernel.Limit;
import dev.vethlab.engine.kernel.Memory;
import dev.vethlab.engine.kernel.NetworkNamespace;
import dev.vethlab.engine.kernel.bridge.BridgePort;
import dev.vethlab.engine.kernel.route.Scope;
import dev.vethlab.engine.packet.Ipv4;
import dev.vethlab.engine.packet.Mac;
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

    private static final int MAX_ALTERNATIVE_NAMES = 256;

    private final NetworkNamespace namespace;
    private final DeviceAddresses addresses;
    private final TreeMap<Integer, NetDevice> byIndex = new TreeMap<>();
    private int lastIndex;

    public DeviceTable(NetworkNamespace namespace) {
        this.namespace = namespace;
        this.addresses = new DeviceAddresses(namespace);
    }

    /** What gives devices addresses and takes them. */
    public DeviceAddresses addresses() {
        return addresses;
    }

    /** All devices by index, as {@code ip link} lists them. */
    public Collection<NetDevice> all() {
        return Collections.unmodifiableCollection(byIndex.values());
    }

    public @Nullable NetDevice find(String name) {
        for (NetDevice device : byIndex.values()) {
            if (device.name().equals(name) || device.alternativeNames().contains(name)) {
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
        // who listens hears of the peer before it has one itself
        peerNamespace.devices().register(peer);
        Veth.join(veth, peer);
        register(veth);
        peer.born();
        veth.born();
        numberNamespaces(veth);
        return veth;
    }

    /** Two namespaces with an end each of a pair know each other by number from now on ({@code rtnl_fill_link_netnsid}). */
    private static void numberNamespaces(NetDevice device) {
        NetworkNamespace there = device.linkNamespace();
        if (there != device.namespace()) {
            device.namespace().peerId(there);
            if (device.peer() != null) {
                there.peerId(device.namespace());
            }
        }
    }

    /** The first free name of {@code prefix0}, {@code prefix1} … that is not {@code other} either ({@code dev_alloc_name}). */
    public String nextName(String prefix, String other) {
        int number = 0;
        while (find(prefix + number) != null || other.equals(prefix + number)) {
            number++;
        }
        return prefix + number;
    }

    void check(String name) throws KernelException {
        if (name.isEmpty() || name.length() > MAX_NAME || name.equals(".") || name.equals("..")
                || name.chars().anyMatch(c -> c == '/' || c == ':' || Character.isWhitespace(c))) {
            throw new KernelException(Errno.EINVAL);
        }
        if (find(name) != null) {
            throw new KernelException(Errno.EEXIST);
        }
        if (!namespace.kernel().room().has(Limit.DEVICES, byIndex.size(), 1)) {
            throw new KernelException(Errno.ENOBUFS);
        }
        namespace.kernel().memory().allocate(Memory.DEVICE);
    }

    <D extends NetDevice> D register(D device) {
        insert(device, nextIndex());
        device.born();
        namespace.notifications().link(device, false);
        return device;
    }

    /** The next that is free; numbers that were kept or asked for are only skipped ({@code xa_alloc_cyclic}). */
    private int nextIndex() {
        do {
            lastIndex++;
        } while (byIndex.containsKey(lastIndex));
        return lastIndex;
    }

    private void insert(NetDevice device, int index) {
        device.setIndex(index);
        byIndex.put(index, device);
        namespace.sysctls().deviceAdded(device.name());
    }

    /** Gives a new device the number that it shall have ({@code dev_index_reserve}). @throws KernelException EBUSY if it is taken */
    public void setIndex(NetDevice device, int index) throws KernelException {
        if (byIndex.containsKey(index)) {
            throw new KernelException(Errno.EBUSY);
        }
        byIndex.remove(device.index());
        device.setIndex(index);
        byIndex.put(index, device);
    }

    // ---- changing ----

    /** Deletes a device; of a pair, both ends. @throws KernelException EOPNOTSUPP for those that cannot be made either */
    public void delete(NetDevice device) throws KernelException {
        switch (device) {
            case Loopback lo -> throw new KernelException(Errno.EOPNOTSUPP);
            case EthernetCard card -> throw new KernelException(Errno.EOPNOTSUPP);
            case Veth veth -> {
                Veth peer = veth.peer();
                // veth_dellink parts them first; then both go down before either is gone (unregister_netdevice_many)
                veth.part();
                setDown(veth);
                if (peer != null) {
                    peer.namespace().devices().setDown(peer);
                }
                unregister(veth);
                if (peer != null) {
                    peer.namespace().devices().unregister(peer);
                }
            }
            case Bridge bridge -> unregister(bridge);
            case Dummy dummy -> unregister(dummy);
            case Vxlan vxlan -> unregister(vxlan);
            case UpperDevice upper -> unregister(upper);
        }
    }

    /** The device goes: out of its bridge, its routes and neighbours with it. */
    void unregister(NetDevice device) {
        if (byIndex.get(device.index()) != device) {
            return;
        }
        for (UpperDevice upper : List.copyOf(device.uppers())) {
            upper.namespace().devices().unregister(upper);
        }
        // vxlan_handle_lowerdev_unregister
        List.copyOf(byIndex.values()).stream()
                .filter(other -> other instanceof Vxlan vxlan && vxlan.config().device() == device)
                .forEach(this::unregister);
        if (device instanceof Bridge bridge) {
            List.copyOf(bridge.forwarding().ports()).forEach(port -> release(port.device()));
        }
        setDown(device);
        device.leave();
        withdraw(device);
        if (device instanceof UpperDevice upper) {
            upper.gone();
        }
    }

    /** Takes it out of its bridge and this namespace, with all that hangs on it. */
    private void withdraw(NetDevice device) {
        setDown(device);
        release(device);
        for (InterfaceAddress address : List.copyOf(device.addresses())) {
            addresses.delete(device, address);
        }
        namespace.routing().deviceGone(device);
        namespace.neighbours().deviceGone(device);
        namespace.sysctls().deviceRemoved(device.name());
        byIndex.remove(device.index());
        device.closedForGood();
        namespace.notifications().link(device, true);
    }

    /** Deletes all devices of a group, or none. @throws KernelException ENODEV if it is empty, EPERM for the default one */
    public void deleteGroup(int group) throws KernelException {
        List<NetDevice> members = byIndex.values().stream().filter(device -> device.group() == group).toList();
        if (group == 0) {
            throw new KernelException(Errno.EPERM);
        }
        if (members.isEmpty()) {
            throw new KernelException(Errno.ENODEV);
        }
        for (NetDevice device : members) {
            if (find(device.index()) == device) {
                delete(device);
            }
        }
    }

    /** @throws KernelException EADDRNOTAVAIL for a group address or none ({@code eth_prepare_mac_addr_change}) */
    public void setMac(NetDevice device, long mac) throws KernelException {
        if (device.isLoopback()) {
            throw new KernelException(Errno.EOPNOTSUPP);
        }
        if (Mac.isGroup(mac) || mac == Mac.ZERO) {
            throw new KernelException(Errno.EADDRNOTAVAIL);
        }
        if (device instanceof Macvlan macvlan) {
            macvlan.checkMac(mac);
        }
        device.setMac(mac);
        namespace.notifications().link(device, false);
        namespace.neighbours().deviceDown(device);
        namespace.neighbours().arp().deviceChanged(device);
    }

    /** @throws KernelException EINVAL outside of what the device takes ({@code dev_validate_mtu}) */
    public void setMtu(NetDevice device, int mtu) throws KernelException {
        if (mtu < device.minMtu()) {
            throw new KernelException(Errno.EINVAL, "mtu less than device minimum");
        }
        if (device.maxMtu() > 0 && mtu > device.maxMtu()) {
            throw new KernelException(Errno.EINVAL, "mtu greater than device maximum");
        }
        switch (device) {
            case UpperDevice upper -> upper.checkMtu(mtu);
            case Vxlan vxlan -> vxlan.checkMtu(mtu);
            case Loopback lo -> {}
            case Veth veth -> {}
            case Bridge bridge -> {}
            case EthernetCard card -> {}
            case Dummy dummy -> {}
        }
        device.setMtu(mtu);
        namespace.notifications().link(device, false);
    }

    /** Adds or removes an alternative name. @throws KernelException EEXIST, ENOENT, EINVAL */
    public void setAlternativeName(NetDevice device, String name, boolean add) throws KernelException {
        if (!add) {
            if (!device.alternativeNames().remove(name)) {
                throw new KernelException(Errno.ENOENT);
            }
            return;
        }
        if (name.isEmpty() || name.length() > 127 || device.alternativeNames().size() >= MAX_ALTERNATIVE_NAMES) {
            throw new KernelException(Errno.EINVAL);
        }
        if (find(name) != null) {
            throw new KernelException(Errno.EEXIST);
        }
        device.alternativeNames().add(name);
    }

    /** Makes it a port of what {@code master} is, if that takes any. @throws KernelException EOPNOTSUPP, and as {@link #enslave} */
    public void setMaster(NetDevice device, NetDevice master) throws KernelException {
        release(device);
        if (!(master instanceof Bridge bridge)) {
            throw new KernelException(Errno.EOPNOTSUPP);
        }
        enslave(device, bridge);
    }

    /** Gives it another name. @throws KernelException EEXIST, EINVAL */
    public void rename(NetDevice device, String name) throws KernelException {
        if (!device.name().equals(name)) {
            check(name);
            namespace.sysctls().deviceRenamed(device.name(), name);
            String before = device.name();
            device.setName(name);
            device.log("renamed from " + before + (device.isUp() ? " (while UP)" : ""));
            namespace.notifications().link(device, false);
            InterfaceAddress.relabel(device.addresses(), name);
            device.addresses().forEach(address -> namespace.notifications().address(device, address, false));
        }
    }

    /**
     * Moves it to another namespace: down, without addresses; its index stays unless taken ({@code __dev_change_net_namespace}).
     *
     * @throws KernelException EINVAL for devices that cannot move, EEXIST if the name is taken there
     */
    public void move(NetDevice device, NetworkNamespace target) throws KernelException {
        if (target == namespace) {
            return;
        }
        if (device instanceof Loopback || device instanceof Bridge) {
            throw new KernelException(Errno.EINVAL, "The interface netns is immutable");
        }
        target.devices().check(device.name());
        namespace.machine().linkWatch().during(() -> changeNamespace(device, target));
    }

    private void changeNamespace(NetDevice device, NetworkNamespace target) {
        // who listens to the old namespace is told where the device went, by number (dev_change_net_namespace)
        namespace.peerId(target);
        withdraw(device);
        DeviceTable there = target.devices();
        int index = there.byIndex.containsKey(device.index()) ? there.nextIndex() : device.index();
        device.setNamespace(target);
        there.insert(device, index);
        numberNamespaces(device);
    }

    /**
     * Raises it. A loopback device gets its addresses now ({@code inetdev_event}).
     *
     * @throws KernelException what a device says that is built on another and cannot go up
     */
    public void setUp(NetDevice device) throws KernelException {
        if (device.isUp()) {
            return;
        }
        if (device instanceof UpperDevice upper) {
            upper.opening();
        } else if (device instanceof Vxlan vxlan) {
            vxlan.opening();
        }
        device.setUp(true);
        namespace.notifications().link(device, false);
        namespace.notifications().group(device, Ipv4.ALL_SYSTEMS, false);
        device.groups().opened();
        openChanged(device);
        if (device instanceof Bridge bridge) {
            bridge.opened();
        }
        if (device.isLoopback() && device.addresses().stream().noneMatch(a -> a.address() == Ipv4.LOOPBACK)) {
            addresses.insert(device, new InterfaceAddress(Ipv4.LOOPBACK, Ipv4.LOOPBACK, 8, 0, Scope.HOST, false, device.name()));
        }
        namespace.routing().deviceUp(device);
        namespace.neighbours().arp().deviceChanged(device);
        tellOthers(device);
    }

    private static void openChanged(NetDevice device) {
        if (device instanceof UpperDevice upper) {
            upper.openChanged();
        } else if (device instanceof Vxlan vxlan) {
            vxlan.openChanged();
        }
    }

    /** It went up or down: the devices that are built on it hear of it, and those whose carrier it is. */
    private void tellOthers(NetDevice device) {
        carrierChanged(device);
        for (UpperDevice upper : List.copyOf(device.uppers())) {
            try {
                upper.lowerOpenChanged();
            } catch (KernelException stays) {
                // vlan_device_event: one that cannot follow stays as it is
                continue;
            }
        }
        NetDevice partner = device.carrierPartner();
        if (partner != null && partner.isUp()) {
            partner.namespace().devices().carrierChanged(partner);
        }
    }

    public void setDown(NetDevice device) {
        if (!device.isUp()) {
            return;
        }
        device.setUp(false);
        BridgePort port = device.port();
        if (port != null && port.bridge().isUp()) {
            port.bridge().forwarding().tree().disable(port);
        }
        namespace.notifications().link(device, false);
        namespace.notifications().group(device, Ipv4.ALL_SYSTEMS, true);
        device.groups().closed();
        openChanged(device);
        if (device instanceof Bridge bridge) {
            bridge.closed();
        }
        namespace.routing().deviceDown(device);
        namespace.neighbours().deviceDown(device);
        namespace.conntrack().deviceLost(device, 0);
        tellOthers(device);
    }

    /** It gained or lost carrier, or went up or down: whoever builds on it looks again ({@code netdev_state_change}). */
    void carrierChanged(NetDevice device) {
        BridgePort port = device.port();
        if (port != null) {
            port.bridge().portStatesChanged();
        }
        device.carrierChanged();
        device.refreshIpv6();
        for (UpperDevice upper : device.uppers()) {
            upper.namespace().devices().carrierChanged(upper);
        }
    }

    /** {@code NETDEV_CHANGE}: its state follows its carrier now. */
    void linkChanged(NetDevice device) {
        if (device.isUp()) {
            namespace.notifications().link(device, false);
        }
        if (device.isUp() && !device.hasCarrier()) {
            namespace.neighbours().carrierLost(device);
        }
        device.refreshIpv6();
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
        if (device.taker() != null) {
            throw new KernelException(Errno.EBUSY);
        }
        if (device instanceof Ipvlan) {
            throw new KernelException(Errno.EOPNOTSUPP, "Device does not allow enslaving to a bridge");
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

    // ---- all of them ----

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

    /** IPv6 was switched on or off for some of them. */
    public void refreshIpv6() {
        byIndex.values().forEach(NetDevice::refreshIpv6);
    }

    /** The namespace got another title: what the trace calls its devices' place changes. */
    public void refreshPlaces() {
        byIndex.values().forEach(NetDevice::refreshPlace);
    }
}
