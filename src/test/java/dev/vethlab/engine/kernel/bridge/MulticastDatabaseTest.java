package dev.vethlab.engine.kernel.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vethlab.engine.sim.Simulation;
import org.junit.jupiter.api.Test;

/** Who is known to listen to a group, and for how long. */
class MulticastDatabaseTest {
    private static final long MEMBERSHIP_INTERVAL = 260_000_000_000L;
    private static final String GROUP = "239.1.1.1";

    private final Simulation simulation = new Simulation(1);
    private final MulticastDatabase database = new MulticastDatabase(simulation);

    @Test
    void aTemporaryEntryIsNewAgainOnceItsTimeIsOver() {
        assertThat(database.add(GROUP, null, false)).isTrue();
        simulation.advanceTo(MEMBERSHIP_INTERVAL - 1);
        assertThat(database.add(GROUP, null, false)).as("still known").isFalse();
        simulation.advanceTo(MEMBERSHIP_INTERVAL);
        assertThat(database.add(GROUP, null, false)).as("forgotten").isTrue();
    }

    @Test
    void aPermanentEntryStays() {
        assertThat(database.add(GROUP, null, true)).isTrue();
        simulation.advanceTo(10 * MEMBERSHIP_INTERVAL);
        assertThat(database.add(GROUP, null, true)).isFalse();
        assertThat(database.entries()).hasSize(1);
    }
}
