package dev.vethlab.engine.command.net.tcpdump;

import dev.vethlab.engine.command.net.tcpdump.filter.Condition;
import dev.vethlab.engine.command.net.tcpdump.filter.LinkType;
import dev.vethlab.engine.kernel.PacketBuffer;
import dev.vethlab.engine.kernel.device.NetDevice;
import dev.vethlab.engine.kernel.device.Tap;
import dev.vethlab.engine.packet.EthernetFrame;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.sim.CalendarTime;
import dev.vethlab.engine.sim.WaitQueue;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * A packet socket with its filter and its ring: what passes a device, or all of them, until it is closed.
 *
 * <p>The ring is one of TPACKET_V3: packets fill a block, and the reader gets the block when its time is over ({@code
 * prb_retire_rx_blk_timer_expired}), unless it asked for each packet at once.
 */
final class Capture {
    /** More waiting packets than this are dropped. */
    private static final int CAPACITY = 2048;

    /** Nanoseconds after which a block that holds something is given to the reader: libpcap's time-out as tcpdump sets it. */
    private static final long BLOCK_TIME = 100_000_000;

    /** {@code -Q}. */
    enum Direction {
        IN,
        OUT,
        INOUT
    }

    private final EmulatedProcess self;
    private final @Nullable NetDevice device;
    private final Condition filter;
    private final Direction direction;
    private final int snapLength;
    private final boolean immediate;
    private final long opened;
    private final ArrayDeque<CapturedPacket> block = new ArrayDeque<>();
    private final ArrayDeque<CapturedPacket> ring = new ArrayDeque<>();
    private final WaitQueue arrived;
    private final Tap tap = this::seen;
    private long received;
    private long dropped;

    /** Begins to listen on {@code device}, which is then promiscuous unless {@code -p} was given; on all if it is null. */
    Capture(EmulatedProcess self, @Nullable NetDevice device, Condition filter, TcpdumpOptions options, boolean immediate) {
        this.self = self;
        this.device = device;
        this.filter = filter;
        this.direction = options.direction();
        this.snapLength = options.snapLength();
        this.immediate = immediate;
        this.opened = self.now();
        this.arrived = new WaitQueue(self.simulation());
        var network = self.network();
        if (device == null) {
            network.addTap(tap);
            self.onExit(() -> network.removeTap(tap));
        } else {
            int promiscuity = options.has("p") ? 0 : 1;
            device.addTap(tap);
            device.addPromiscuity(promiscuity);
            self.onExit(() -> {
                device.removeTap(tap);
                device.addPromiscuity(-promiscuity);
            });
        }
    }

    private void seen(NetDevice where, PacketBuffer packet, boolean outgoing) {
        EthernetFrame frame = java.util.Objects.requireNonNull(packet.frame());
        long micros = CalendarTime.seconds(self.now()) * 1_000_000 + CalendarTime.nanos(self.now()) / 1000;
        LinkType link = device == null ? LinkType.LINUX_SLL2 : LinkType.ETHERNET;
        CapturedPacket captured = CapturedPacket.of(micros, link, where, frame, outgoing);
        // the kernel keeps tags beside a packet, so a filter does not see them; libpcap puts them back afterwards
        if (!filter.matches(frame.tag() == null ? captured.view() : CapturedPacket.of(micros, link, where, bare(frame), outgoing).view())) {
            return;
        }
        received++;
        // linux_check_direction of libpcap: what leaves by lo is left out, as it is seen coming in again
        boolean wanted = switch (direction) {
            case IN -> !outgoing;
            case OUT -> outgoing;
            case INOUT -> true;
        };
        if (!wanted || (outgoing && where.isLoopback())) {
            return;
        }
        if (ring.size() + block.size() >= CAPACITY) {
            dropped++;
            return;
        }
        block.add(captured.snapped(snapLength));
        if (immediate) {
            retire();
        } else if (block.size() == 1) {
            self.simulation().schedule(BLOCK_TIME - (self.now() - opened) % BLOCK_TIME, this::retire);
        }
    }

    private static EthernetFrame bare(EthernetFrame frame) {
        return new EthernetFrame(frame.destination(), frame.source(), frame.payload());
    }

    private void retire() {
        ring.addAll(block);
        block.clear();
        arrived.wakeAll();
    }

    WaitQueue arrived() {
        return arrived;
    }

    @Nullable CapturedPacket next() {
        return ring.poll();
    }

    boolean isEmpty() {
        return ring.isEmpty();
    }

    /** Packets that passed the filter. */
    long received() {
        return received;
    }

    long dropped() {
        return dropped;
    }
}
