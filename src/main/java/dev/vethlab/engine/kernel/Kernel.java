package dev.vethlab.engine.kernel;

import dev.vethlab.engine.sim.SeededRandom;
import dev.vethlab.engine.sim.Simulation;
import dev.vethlab.engine.trace.Tracer;

/** What all machines of a session share: time, chance, the trace, limits, and memory. */
public record Kernel(Simulation simulation, Tracer tracer, Room room, PacketRate rate, Memory memory) {
    public static Kernel of(long seed) {
        return of(seed, WorldLimits.DEFAULT);
    }

    public static Kernel of(long seed, WorldLimits limits) {
        var simulation = new Simulation(seed);
        var room = new Room(limits);
        return new Kernel(simulation, new Tracer(simulation), room, new PacketRate(simulation, room), new Memory(room));
    }

    public long now() {
        return simulation.now();
    }

    public SeededRandom random(String purpose) {
        return simulation.random(purpose);
    }

    /** A random, locally administered unicast MAC address ({@code eth_random_addr}). */
    public long randomMac() {
        return random("eth_random_addr").nextLong() & 0xFEFF_FFFF_FFFFL | 0x0200_0000_0000L;
    }
}
