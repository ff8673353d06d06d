package dev.vethlab.engine.kernel.device;

import dev.vethlab.engine.kernel.NetworkNamespace;
import dev.vethlab.engine.kernel.PacketBuffer;
import dev.vethlab.engine.packet.EthernetFrame;
import dev.vethlab.engine.sim.SeededRandom;
import dev.vethlab.engine.trace.DropReason;
import dev.vethlab.engine.trace.Outcome;
import dev.vethlab.engine.trace.Stage;
import org.jspecify.annotations.Nullable;

/** A machine's own card, with a cable in it or not. */
public final class EthernetCard extends NetDevice {
    private static final int MTU = 1500;
    private static final int SPEED = 10_000;
    private static final int LATENCY = 22_000;
    private static final int JITTER = 9_000;

    private @Nullable EthernetCard other;
    private final SeededRandom jitter;
    private long lastArrival;

    public EthernetCard(NetworkNamespace namespace, String name, long mac) {
        super(namespace, name, mac, MTU);
        jitter = kernel().random("cable");
    }

    /** Lays a cable between two cards. */
    public static void connect(EthernetCard one, EthernetCard other) {
        one.other = other;
        other.other = one;
    }

    /** The card at the cable's other end. */
    public @Nullable EthernetCard cabledTo() {
        return other;
    }

    @Override
    protected @Nullable NetDevice carrierPartner() {
        return other;
    }

    @Override
    public String kind() {
        return "";
    }

    @Override
    public boolean hasCarrier() {
        return isUp() && other != null && other.isUp();
    }

    @Override
    public int speed() {
        return hasCarrier() ? SPEED : -1;
    }

    @Override
    public int maxSegment() {
        return MAX_SEGMENT;
    }

    @Override
    protected void transmit(PacketBuffer packet, EthernetFrame frame) {
        EthernetCard to = other;
        if (to == null || !to.isUp()) {
            drop(packet, Stage.DEVICE_TX, DropReason.DEV_READY, () -> "a carrier on " + name() + ": its other end is down");
            return;
        }
        report(packet, Stage.DEVICE_TX, NOTHING, Outcome.CONTINUES);
        if (!to.takes(frame)) {
            to.refuseTooLong(this, packet, frame);
            return;
        }
        PacketBuffer there = PacketBuffer.ofFrame(packet.id(), frame);
        long now = kernel().now();
        // a cable does not let one frame overtake another
        lastArrival = Math.max(lastArrival, now + LATENCY + jitter.nextInt(JITTER));
        kernel().simulation().schedule(lastArrival - now, () -> to.receive(there, frame, Stage.DEVICE_RX, NOTHING));
    }
}
