package dev.vethlab.engine.kernel;

import dev.vethlab.engine.sim.Simulation;

/**
 * How many packets the devices of a session send in a second of virtual time: beyond the limit they are dropped, so that a loop of bridges
 * ends instead of multiplying its frames for ever.
 */
public final class PacketRate {
    private static final long SECOND = 1_000_000_000;

    private final Simulation simulation;
    private final Room room;
    private long second;
    private int sent;

    PacketRate(Simulation simulation, Room room) {
        this.simulation = simulation;
        this.room = room;
    }

    /** Counts a packet that is about to be sent; false if it is one too many. */
    public boolean allows() {
        long now = simulation.now() / SECOND;
        if (now != second) {
            second = now;
            sent = 0;
        }
        int most = room.most(Limit.PACKETS_PER_SECOND);
        if (sent++ == most) {
            room.refuse(Limit.PACKETS_PER_SECOND);
        }
        return sent <= most;
    }

    public int limit() {
        return room.most(Limit.PACKETS_PER_SECOND);
    }
}
