package dev.vethlab.engine.command.net.arping;

import dev.vethlab.engine.command.core.Applet;
import dev.vethlab.engine.kernel.PacketBuffer;
import dev.vethlab.engine.kernel.device.NetDevice;
import dev.vethlab.engine.kernel.device.Tap;
import dev.vethlab.engine.packet.ArpPacket;
import dev.vethlab.engine.packet.EthernetFrame;
import dev.vethlab.engine.packet.Ipv4;
import dev.vethlab.engine.packet.Mac;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.Signal;
import dev.vethlab.engine.sim.WaitQueue;
import dev.vethlab.engine.trace.Cause;
import java.util.ArrayDeque;
import java.util.Locale;

/** One run of arping: a probe each interval, to all until somebody answers and then to him. */
final class ArpingSession {
    private static final long SECOND = 1_000_000_000L;
    private static final int BACKLOG = 64;

    private final EmulatedProcess self;
    private final NetDevice device;
    private final int source;
    private final int target;
    private final boolean detectsDuplicates;
    private final boolean quiet;
    private final ArrayDeque<EthernetFrame> heard = new ArrayDeque<>();
    private final WaitQueue arrived;
    private final Tap tap = this::seen;
    private boolean unsolicited;
    private boolean asReply;
    private boolean broadcastOnly;
    private boolean quitOnReply;
    private boolean stopped;
    private long destination = Mac.BROADCAST;
    private long lastSent;
    private int sent;
    private int broadcasts;
    private int received;

    ArpingSession(EmulatedProcess self, NetDevice device, int source, int target, boolean detectsDuplicates, boolean quiet) {
        this.self = self;
        this.device = device;
        this.source = source;
        this.target = target;
        this.detectsDuplicates = detectsDuplicates;
        this.quiet = quiet;
        this.arrived = new WaitQueue(self.simulation());
    }

    void setUnsolicited(boolean unsolicited, boolean asReply) {
        this.unsolicited = unsolicited;
        this.asReply = asReply;
    }

    void setBroadcastOnly(boolean broadcastOnly) {
        this.broadcastOnly = broadcastOnly;
    }

    void setQuitOnReply(boolean quitOnReply) {
        this.quitOnReply = quitOnReply;
    }

    /** Runs until {@code count} probes are over or {@code timeout} seconds (0 for no limit); times in seconds. */
    int run(int count, int timeout, int interval) {
        device.addTap(tap);
        self.onExit(() -> device.removeTap(tap));
        self.onSignal(Signal.INT, () -> stopped = true);
        if (!quiet) {
            self.println("ARPING " + Ipv4.text(target) + " from " + Ipv4.text(source) + " " + device.name());
        }
        long end = timeout > 0 ? self.now() + timeout * SECOND : Long.MAX_VALUE;
        while (!stopped && sent < count && self.now() < end) {
            send();
            long next = Math.min(end, self.now() + interval * SECOND);
            if (unsolicited && sent >= count) {
                break;
            }
            while (!stopped && self.now() < next && !(sent >= count && received >= sent)) {
                self.await(arrived, () -> stopped || !heard.isEmpty(), next - self.now());
                look();
            }
        }
        return finish();
    }

    private void send() {
        int operation = asReply ? ArpPacket.REPLY : ArpPacket.REQUEST;
        long targetMac = asReply ? device.mac() : destination;
        var arp = new ArpPacket(operation, device.mac(), source, targetMac, target);
        long id = device.kernel().tracer().born(0, Cause.SENT, self.name());
        lastSent = self.now();
        sent++;
        broadcasts += destination == Mac.BROADCAST ? 1 : 0;
        device.send(PacketBuffer.ofFrame(id, new EthernetFrame(destination, device.mac(), arp)));
    }

    private void seen(NetDevice where, PacketBuffer packet, boolean outgoing) {
        EthernetFrame frame = java.util.Objects.requireNonNull(packet.frame());
        if (!outgoing && frame.payload() instanceof ArpPacket && heard.size() < BACKLOG) {
            heard.add(frame);
            arrived.wakeAll();
        }
    }

    private void look() {
        for (EthernetFrame frame = heard.poll(); frame != null && !stopped; frame = heard.poll()) {
            if (frame.payload() instanceof ArpPacket arp && isAnswer(arp)) {
                answered(frame, arp);
            }
        }
    }

    private boolean isAnswer(ArpPacket arp) {
        if (arp.senderIp() != target || unsolicited) {
            return false;
        }
        if (detectsDuplicates) {
            return arp.senderMac() != device.mac() && (source == 0 || arp.targetIp() == source);
        }
        return arp.targetIp() == source && arp.targetMac() == device.mac();
    }

    private void answered(EthernetFrame frame, ArpPacket arp) {
        received++;
        if (!quiet) {
            String kind = (Mac.isGroup(frame.destination()) ? "Broadcast" : "Unicast")
                    + (arp.operation() == ArpPacket.REPLY ? " reply" : " request");
            self.println(kind + " from " + Ipv4.text(arp.senderIp()) + " [" + Mac.text(arp.senderMac()).toUpperCase(Locale.ROOT) + "]"
                    + String.format(Locale.ROOT, "  %.3fms", (self.now() - lastSent) / 1e6));
        }
        if (quitOnReply) {
            stopped = true;
        }
        if (!broadcastOnly) {
            destination = arp.senderMac();
        }
    }

    private int finish() {
        if (!quiet) {
            // busybox counts only what it has to broadcast again
            self.println(Applet.words(self, "Sent " + sent + " probes (" + broadcasts + " broadcast(s))\nReceived " + received + " response(s)",
                    "Sent " + sent + " probe(s) (0 broadcast(s))\nReceived " + received + " response(s) (0 request(s), 0 broadcast(s))"));
        }
        if (detectsDuplicates) {
            return received > 0 ? 1 : 0;
        }
        return unsolicited || received > 0 ? 0 : 1;
    }
}
