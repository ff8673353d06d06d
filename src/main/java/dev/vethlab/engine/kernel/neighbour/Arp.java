package dev.vethlab.engine.kernel.neighbour;

import dev.vethlab.engine.kernel.NetworkNamespace;
import dev.vethlab.engine.kernel.PacketBuffer;
import dev.vethlab.engine.kernel.device.LinkFlag;
import dev.vethlab.engine.kernel.device.NetDevice;
import dev.vethlab.engine.kernel.route.Flow;
import dev.vethlab.engine.kernel.route.RouteResult;
import dev.vethlab.engine.kernel.route.Scope;
import dev.vethlab.engine.packet.ArpPacket;
import dev.vethlab.engine.packet.EthernetFrame;
import dev.vethlab.engine.packet.Ipv4;
import dev.vethlab.engine.packet.Mac;
import dev.vethlab.engine.trace.Cause;
import dev.vethlab.engine.trace.Decision;
import dev.vethlab.engine.trace.DropReason;
import dev.vethlab.engine.trace.Outcome;
import dev.vethlab.engine.trace.Stage;
import org.jspecify.annotations.Nullable;

/** ARP (RFC 826; {@code net/ipv4/arp.c}): asks, answers for any address of this machine, and learns from what it hears. */
public final class Arp {
    private final NetworkNamespace namespace;
    private final NeighbourTable neighbours;

    Arp(NetworkNamespace namespace, NeighbourTable neighbours) {
        this.namespace = namespace;
        this.neighbours = neighbours;
    }

    /** Sends a request; {@code parent} is the packet for whose sake, or 0. */
    public void request(NetDevice device, int target, int source, long destination, long parent) {
        var arp = new ArpPacket(ArpPacket.REQUEST, device.mac(), source, 0, target);
        send(device, destination, arp, neighbours.newPacket(parent, parent == 0 ? Cause.SENT : Cause.ASKED_FOR));
    }

    /** The device came up or has another address: its own addresses are announced ({@code arp_notify}). */
    public void deviceChanged(NetDevice device) {
        if (device.isUp() && !device.has(LinkFlag.NOARP) && namespace.sysctls().maxOfDevice(device, "arp_notify") != 0) {
            device.addresses().forEach(address -> announce(device, address.address()));
        }
    }

    /** Announces an own address to all, as Docker does three times of a new endpoint ({@code libnetwork/internal/l2disco}). */
    public void announce(NetDevice device, int address) {
        var arp = new ArpPacket(ArpPacket.REQUEST, device.mac(), address, Mac.ZERO, address);
        send(device, Mac.BROADCAST, arp, neighbours.newPacket(0, Cause.SENT));
    }

    private void send(NetDevice device, long destination, ArpPacket arp, long id) {
        var packet = PacketBuffer.ofFrame(id, new EthernetFrame(destination, device.mac(), arp));
        report(packet, device, new Decision.Because(describe(arp)), Outcome.CONTINUES);
        device.send(packet);
    }

    /** An ARP packet came in ({@code arp_process}). */
    public void receive(NetDevice device, PacketBuffer packet, ArpPacket arp) {
        if (device.isLoopback() || device.has(LinkFlag.NOARP) || Ipv4.isLoopback(arp.targetIp()) || Ipv4.isMulticast(arp.targetIp())) {
            report(packet, device, new Decision.None(),
                    new Outcome.Dropped(DropReason.IP_INVALID_DEST, () -> "an address that ARP may ask for: neither loopback nor multicast"));
            return;
        }
        boolean forUs = isForUs(device, arp);
        boolean gratuitous = arp.senderIp() == arp.targetIp();
        if (gratuitous && namespace.sysctls().eitherOfDevice(device, "drop_gratuitous_arp")) {
            report(packet, device, new Decision.Because("announcements are not heard here: drop_gratuitous_arp is on"), Outcome.DELIVERED);
            return;
        }
        boolean asksUs = arp.operation() == ArpPacket.REQUEST && !gratuitous && forUs;
        DropReason refusal = asksUs ? refusal(device, arp) : null;
        if (refusal != null) {
            namespace.sources().log(device, packet, arp.senderIp(), arp.targetIp());
            learn(device, arp, false);
            report(packet, device, new Decision.None(), new Outcome.Dropped(refusal, () -> "a way back to " + Ipv4.text(arp.senderIp())
                    + " by " + device.name() + ": a question is routed like any packet from there"));
            return;
        }
        if (asksUs) {
            report(packet, device, new Decision.Because(Ipv4.text(arp.targetIp()) + " is an address of this machine"), Outcome.DELIVERED);
            learn(device, arp, true);
            reply(device, packet, arp);
            return;
        }
        boolean solicited = arp.operation() == ArpPacket.REPLY && packet.frame() != null
                && !Mac.isGroup(packet.frame().destination());
        boolean learns = hear(device, arp, solicited) || solicited;
        boolean concerns = learns || arp.operation() == ArpPacket.REPLY || gratuitous;
        // consumed, not dropped: a question to all that somebody else answers is no loss
        report(packet, device, new Decision.Because(() -> concerns
                ? describe(arp)
                : Ipv4.text(arp.targetIp()) + " is no address of this machine: nothing to answer"), Outcome.DELIVERED);
    }

    /** Why a question is not answered: where it comes from must pass as for any packet; a probe has none ({@code arp_process}). */
    private @Nullable DropReason refusal(NetDevice device, ArpPacket arp) {
        if (arp.senderIp() == 0) {
            return null;
        }
        return namespace.sources().isMartian(device, arp.senderIp(), arp.targetIp())
                ? DropReason.IP_INVALID_SOURCE
                : namespace.sources().refusal(device, arp.senderIp(), arp.targetIp(), 0, 0);
    }

    private boolean isForUs(NetDevice device, ArpPacket arp) {
        if (namespace.routing().isLocal(arp.targetIp())) {
            return answersFor(device, arp);
        }
        if (namespace.sysctls().ofDevice(device, "forwarding") == 0) {
            return false;
        }
        boolean proxy = neighbours.isProxy(device, arp.targetIp()) || namespace.sysctls().eitherOfDevice(device, "proxy_arp");
        return proxy && namespace.routing().lookup(Flow.to(arp.targetIp())) instanceof RouteResult.Found found
                && found.device() != device;
    }

    /** Whether it answers for an own address ({@code arp_ignore}), by this device ({@code arp_filter}). */
    private boolean answersFor(NetDevice device, ArpPacket arp) {
        boolean filters = namespace.sysctls().eitherOfDevice(device, "arp_filter");
        if (filters && !(namespace.routing().lookup(new Flow(arp.senderIp(), arp.targetIp(), null, null, 0, 0))
                instanceof RouteResult.Found found && found.device() == device)) {
            return false;
        }
        int mode = namespace.sysctls().maxOfDevice(device, "arp_ignore");
        return switch (mode) {
            case 1 -> device.addresses().stream().anyMatch(a -> a.address() == arp.targetIp());
            case 2 -> device.addresses().stream().anyMatch(a -> a.address() == arp.targetIp() && a.contains(arp.senderIp()));
            case 3 -> device.addresses().stream().noneMatch(a -> a.address() == arp.targetIp() && a.scope() == Scope.HOST);
            case 8 -> false;
            default -> true;
        };
    }

    /** Something was told that nobody here was asked; {@code solicited} if it is an answer all the same. */
    private boolean hear(NetDevice device, ArpPacket arp, boolean solicited) {
        if (arp.senderIp() == 0 || namespace.routing().isLocal(arp.senderIp())) {
            return false;
        }
        boolean gratuitous = arp.senderIp() == arp.targetIp();
        NeighbourEntry known = neighbours.find(device, arp.senderIp());
        if (known == null && accepts(device, arp.senderIp()) && (gratuitous || arp.operation() == ArpPacket.REPLY)) {
            known = neighbours.findOrCreate(device, arp.senderIp());
        }
        if (known == null) {
            return false;
        }
        boolean same = known.hasMac() && known.mac() == arp.senderMac();
        if (gratuitous || same || !neighbours.isLocked(known)) {
            neighbours.learned(known, arp.senderMac(), solicited);
        }
        return true;
    }

    /** Whether neighbours nobody asked for are noted ({@code arp_accept}): 2 of the device's own subnets only. */
    private boolean accepts(NetDevice device, int sender) {
        return switch (namespace.sysctls().maxOfDevice(device, "arp_accept")) {
            case 1 -> true;
            case 2 -> device.addresses().stream().anyMatch(address -> address.contains(sender));
            default -> false;
        };
    }

    /** Updates what is known of the sender; a new entry only if it asked for us. */
    private boolean learn(NetDevice device, ArpPacket arp, boolean askedForUs) {
        if (arp.senderIp() == 0 || namespace.routing().isLocal(arp.senderIp())) {
            return false;
        }
        NeighbourEntry known = neighbours.find(device, arp.senderIp());
        if (known == null && askedForUs) {
            known = neighbours.findOrCreate(device, arp.senderIp());
        }
        if (known == null) {
            return false;
        }
        boolean solicited = arp.operation() == ArpPacket.REPLY;
        neighbours.learned(known, arp.senderMac(), solicited);
        return true;
    }

    private void reply(NetDevice device, PacketBuffer request, ArpPacket arp) {
        var answer = new ArpPacket(ArpPacket.REPLY, device.mac(), arp.targetIp(), arp.senderMac(), arp.senderIp());
        send(device, arp.senderMac(), answer, neighbours.newPacket(request.id(), Cause.REPLY_TO));
    }

    private static String describe(ArpPacket arp) {
        boolean asks = arp.operation() == ArpPacket.REQUEST && arp.targetIp() != arp.senderIp();
        return asks
                ? "it asks who has " + Ipv4.text(arp.targetIp()) + "; the answer is to go to " + Ipv4.text(arp.senderIp())
                : "it tells that " + Ipv4.text(arp.senderIp()) + " is at " + Mac.text(arp.senderMac());
    }

    private void report(PacketBuffer packet, NetDevice device, Decision decision, Outcome outcome) {
        namespace.kernel().tracer().report(packet.id(), device.place(), Stage.ARP, packet.frame(), packet.payload(), null, decision,
                outcome);
    }
}
