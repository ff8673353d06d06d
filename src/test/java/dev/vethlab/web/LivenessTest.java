package dev.vethlab.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;

/** A server whose processors are all kept by something that loops says so, and is started anew. */
class LivenessTest {
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private long now;
    private final Liveness liveness = new Liveness(waiting::add, () -> now);

    @Test
    void isAliveWhileSessionsGetAProcessor() {
        for (int minute = 0; minute < 5; minute++) {
            waiting.remove().run();
            now += Duration.ofMinutes(1).toNanos();
            assertThat(liveness.call().getStatus()).isEqualTo(Status.UP);
        }
    }

    @Test
    void isDeadWhenNoneOfThemHasHadOneForAMinute() {
        now += Duration.ofSeconds(59).toNanos();
        assertThat(liveness.call().getStatus()).as("much to do").isEqualTo(Status.UP);
        now += Duration.ofSeconds(1).toNanos();
        assertThat(liveness.call().getStatus()).isEqualTo(Status.DOWN);
        waiting.remove().run();
        assertThat(liveness.call().getStatus()).as("it was much to do").isEqualTo(Status.UP);
    }
}
