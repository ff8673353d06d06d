package dev.vethlab.engine.kernel;

import dev.vethlab.engine.kernel.device.InterfaceAddress;
import dev.vethlab.engine.kernel.device.NetDevice;
import dev.vethlab.engine.kernel.neighbour.NeighbourEntry;
import dev.vethlab.engine.kernel.route.PolicyRule;
import dev.vethlab.engine.kernel.route.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Who hears of changes in one namespace ({@code rtnl_notify}); mostly nobody. */
public final class Notifications {
    private final List<Consumer<Notification>> listeners = new ArrayList<>(0);

    public void add(Consumer<Notification> listener) {
        listeners.add(listener);
    }

    public void remove(Consumer<Notification> listener) {
        listeners.remove(listener);
    }

    public void link(NetDevice device, boolean deleted) {
        if (!listeners.isEmpty()) {
            tell(new Notification.Link(device, deleted));
        }
    }

    public void address(NetDevice device, InterfaceAddress address, boolean deleted) {
        if (!listeners.isEmpty()) {
            tell(new Notification.Address(device, address, deleted));
        }
    }

    public void group(NetDevice device, int address, boolean deleted) {
        if (!listeners.isEmpty()) {
            tell(new Notification.Group(device, address, deleted));
        }
    }

    public void route(int table, Route route, boolean deleted) {
        if (!listeners.isEmpty()) {
            tell(new Notification.RouteOf(table, route, deleted));
        }
    }

    public void neighbour(NeighbourEntry entry, boolean deleted) {
        if (!listeners.isEmpty()) {
            tell(new Notification.Neighbour(entry, deleted));
        }
    }

    public void rule(PolicyRule rule, boolean deleted) {
        if (!listeners.isEmpty()) {
            tell(new Notification.Rule(rule, deleted));
        }
    }

    private void tell(Notification news) {
        List.copyOf(listeners).forEach(listener -> listener.accept(news));
    }
}
