package dev.vethlab.engine.kernel.device;

import dev.vethlab.engine.kernel.Errno;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.kernel.NetworkNamespace;
import java.util.List;

/** Gives devices of one namespace addresses and takes them, with what hangs on them ({@code net/ipv4/devinet.c}). */
public final class DeviceAddresses {
    private static final int MAX_ADDRESSES = 256;

    private final NetworkNamespace namespace;

    DeviceAddresses(NetworkNamespace namespace) {
        this.namespace = namespace;
    }

    /**
     * Adds an address, secondary if it is not the first of its network ({@code __inet_insert_ifa}).
     *
     * @throws KernelException EEXIST if the device has it already
     */
    public void add(NetDevice device, InterfaceAddress wanted) throws KernelException {
        for (InterfaceAddress other : device.addresses()) {
            if (other.sharesNetworkWith(wanted) && other.address() == wanted.address()) {
                throw new KernelException(Errno.EEXIST, "ipv4: Address already assigned");
            }
        }
        if (wanted.address() == 0) {
            return;
        }
        if (device instanceof Ipvlan ipvlan && ipvlan.shared().isTaken(wanted.address(), ipvlan)) {
            throw new KernelException(Errno.EADDRINUSE, "Address already assigned to an ipvlan device");
        }
        if (device.addresses().size() >= MAX_ADDRESSES) {
            throw new KernelException(Errno.ENOBUFS);
        }
        insert(device, wanted);
    }

    void insert(NetDevice device, InterfaceAddress wanted) {
        List<InterfaceAddress> before = List.copyOf(device.addresses());
        boolean secondary = before.stream().anyMatch(other -> !other.secondary() && other.sharesNetworkWith(wanted));
        insertInOrder(device, wanted.withSecondary(secondary));
        namespace.notifications().address(device, wanted.withSecondary(secondary), false);
        namespace.routing().addressesChanged(device, before);
        planExpiry(device, wanted);
    }

    /** An address with a lifetime goes when it is over ({@code check_lifetime}), unless it was given another one. */
    private void planExpiry(NetDevice device, InterfaceAddress wanted) {
        if (wanted.validUntil() == InterfaceAddress.FOREVER) {
            return;
        }
        namespace.kernel().simulation().schedule(wanted.validUntil() - namespace.kernel().now(), () -> device.addresses().stream()
                .filter(address -> address.address() == wanted.address() && address.validUntil() == wanted.validUntil())
                .findFirst()
                .ifPresent(address -> device.namespace().devices().addresses().delete(device, address)));
    }

    /** Primary addresses come first, those of the narrower scope before the wider; secondary ones at the end. */
    private static void insertInOrder(NetDevice device, InterfaceAddress address) {
        List<InterfaceAddress> all = device.addresses();
        int at = all.size();
        if (!address.secondary()) {
            at = 0;
            for (int i = 0; i < all.size(); i++) {
                if (!all.get(i).secondary() && address.scope().number() <= all.get(i).scope().number()) {
                    at = i + 1;
                }
            }
        }
        all.add(at, address);
    }

    /** Sets another lifetime, metric or flag of an address that is there ({@code ip addr change}). */
    public void replace(NetDevice device, InterfaceAddress old, InterfaceAddress by) {
        List<InterfaceAddress> before = List.copyOf(device.addresses());
        device.addresses().set(device.addresses().indexOf(old), by.withSecondary(old.secondary()));
        namespace.notifications().address(device, by.withSecondary(old.secondary()), false);
        namespace.routing().addressesChanged(device, before);
        planExpiry(device, by);
    }

    /**
     * Removes an address. With a primary one go its secondaries, unless {@code promote_secondaries} is on: then the first of them takes
     * its place ({@code __inet_del_ifa}).
     */
    public void delete(NetDevice device, InterfaceAddress address) {
        List<InterfaceAddress> before = List.copyOf(device.addresses());
        if (!device.addresses().remove(address)) {
            return;
        }
        if (!address.secondary()) {
            List<InterfaceAddress> secondaries = device.addresses().stream()
                    .filter(other -> other.secondary() && other.sharesNetworkWith(address))
                    .toList();
            boolean promote = namespace.sysctls().eitherOfDevice(device, "promote_secondaries");
            if (promote && !secondaries.isEmpty()) {
                device.addresses().remove(secondaries.getFirst());
                insertInOrder(device, secondaries.getFirst().withSecondary(false));
            } else {
                device.addresses().removeAll(secondaries);
                secondaries.forEach(gone -> namespace.notifications().address(device, gone, true));
            }
        }
        namespace.notifications().address(device, address, true);
        namespace.routing().addressesChanged(device, before);
        for (InterfaceAddress gone : before) {
            if (device.addresses().stream().noneMatch(a -> a.address() == gone.address())) {
                namespace.conntrack().deviceLost(device, gone.address());
            }
        }
        if (device.addresses().isEmpty()) {
            namespace.neighbours().deviceDown(device);
        }
    }
}
