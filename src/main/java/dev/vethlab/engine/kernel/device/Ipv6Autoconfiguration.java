package dev.vethlab.engine.kernel.device;

import dev.vethlab.engine.kernel.Kernel;
import dev.vethlab.engine.kernel.PacketBuffer;
import dev.vethlab.engine.kernel.route.Scope;
import dev.vethlab.engine.packet.EthernetFrame;
import dev.vethlab.engine.packet.Ipv6Message;
import dev.vethlab.engine.sim.Event;
import dev.vethlab.engine.trace.Cause;
import java.util.ArrayList;
import java.util.List;

/**
 * What an interface with IPv6 does by itself as soon as it has carrier, and nothing more: it takes a link-local address, makes sure
 * that nobody else has it, says which multicast groups it listens to, and looks for routers.
 *
 * <p>Bridges learn from these frames ({@code net/ipv6/addrconf.c}, {@code mcast.c}; RFC 4862 §5.4, RFC 3810, RFC 4861 §6.3.7). The
 * order and the delays are those of Linux: a report at once, a second one and the solicitation within a second; a second later the
 * address is good, reported again, and routers are asked for, at intervals that double.
 */
final class Ipv6Autoconfiguration {
    private static final long MILLISECOND = 1_000_000L;
    private static final long SECOND = 1000 * MILLISECOND;
    private static final long FIRST_SOLICITATION_INTERVAL = 4 * SECOND;
    private static final long MAX_SOLICITATION_INTERVAL = 3600 * SECOND;

    private final NetDevice device;
    private final List<Event> planned = new ArrayList<>(0);
    private boolean running;

    Ipv6Autoconfiguration(NetDevice device) {
        this.device = device;
    }

    /** The device's state or its {@code disable_ipv6} changed. */
    void refresh() {
        boolean enabled = device.isUp() && !device.namespace().sysctls().isOn("net.ipv6.conf." + device.name() + ".disable_ipv6");
        if (!enabled) {
            stop();
        } else if (!running && device.hasCarrier()) {
            start();
        }
    }

    private void stop() {
        running = false;
        planned.forEach(Event::cancel);
        planned.clear();
        device.ipv6Addresses().clear();
    }

    private void start() {
        running = true;
        if (device.isLoopback()) {
            device.ipv6Addresses().add(new Ipv6Address("::1", 128, Scope.HOST, false, "kernel_lo"));
            return;
        }
        Ipv6Message messages = new Ipv6Message(device.mac());
        device.ipv6Addresses().add(address(messages, true));
        long solicitation = kernel().random("ipv6").nextInt(1000) * MILLISECOND;
        after(2 * MILLISECOND, () -> send(messages.listenerReport(true)));
        after(kernel().random("ipv6").nextInt(1000) * MILLISECOND, () -> send(messages.listenerReport(true)));
        after(solicitation, () -> send(messages.duplicateAddressSolicitation(kernel().random("ipv6").nextLong())));
        after(solicitation + SECOND, () -> addressIsGood(messages));
    }

    private void addressIsGood(Ipv6Message messages) {
        List<Ipv6Address> addresses = device.ipv6Addresses();
        addresses.replaceAll(a -> a.tentative() ? address(messages, false) : a);
        send(messages.listenerReport(false));
        after(kernel().random("ipv6").nextInt(1000) * MILLISECOND, () -> send(messages.listenerReport(false)));
        solicitRouters(messages, FIRST_SOLICITATION_INTERVAL);
    }

    private void solicitRouters(Ipv6Message messages, long interval) {
        send(messages.routerSolicitation());
        after(interval, () -> solicitRouters(messages, Math.min(2 * interval, MAX_SOLICITATION_INTERVAL)));
    }

    private static Ipv6Address address(Ipv6Message messages, boolean tentative) {
        return new Ipv6Address(messages.linkLocalAddress(), 64, Scope.LINK, tentative, "kernel_ll");
    }

    private void send(EthernetFrame frame) {
        if (device.isRunning()) {
            device.send(PacketBuffer.ofFrame(kernel().tracer().born(0, Cause.SENT, "ipv6"), frame));
        }
    }

    private void after(long delay, Runnable action) {
        planned.removeIf(event -> !event.isPending());
        planned.add(kernel().simulation().schedule(delay, action));
    }

    private Kernel kernel() {
        return device.kernel();
    }
}
