package dev.vethlab.workshop.seat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vethlab.workshop.Activity;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Who may need help: the rule of docs/workshops.md. */
class StandingTest {
    private static final Instant NINE = Instant.parse("2026-03-02T09:00:00Z");

    @Test
    void whoHasTypedNothingIsIdleAfterThreeMinutesAndNeverStuck() {
        Standing standing = standing(0, 4, 0, null, null, null);
        assertThat(standing.isIdle(NINE.plusSeconds(179))).isFalse();
        assertThat(standing.isIdle(NINE.plusSeconds(180))).isTrue();
        assertThat(standing.isStuck(NINE.plus(Duration.ofHours(2)))).isFalse();
    }

    @Test
    void threeFailuresInARowAreStuckAtOnce() {
        assertThat(standing(5, 0, 2, minute(1), null, null).isStuck(minute(1))).isFalse();
        assertThat(standing(5, 0, 3, minute(1), null, null).isStuck(minute(1))).isTrue();
    }

    @Test
    void whoGoesOnTypingWithoutProgressIsStuckAfterFiveMinutes() {
        Standing standing = standing(7, 4, 0, minute(8), minute(2), null);
        assertThat(standing.isStuck(minute(7).minusSeconds(1))).isFalse();
        assertThat(standing.isStuck(minute(7))).isTrue();
    }

    @Test
    void whoHasTypedNothingSinceTheLastProgressIsNotStuck() {
        assertThat(standing(7, 4, 0, minute(2), minute(2), null).isStuck(minute(60))).isFalse();
    }

    @Test
    void withoutALessonThereIsNoProgressToMiss() {
        assertThat(standing(7, 0, 1, minute(8), null, null).isStuck(minute(60))).isFalse();
    }

    @Test
    void whoIsDoneIsNotStuck() {
        assertThat(standing(7, 4, 3, minute(8), minute(2), minute(2)).isStuck(minute(60))).isFalse();
    }

    private static Standing standing(
            int commands, int steps, int failed, @Nullable Instant active, @Nullable Instant progressed, @Nullable Instant finished) {
        var activity = new Activity(commands, failed, failed, "curl", failed == 0 ? 0 : 7, "");
        return Standing.of(new Seat("1", "Ada", "s", "l", NINE, new Work(0, steps, 0, steps, activity, active, progressed, finished), 0));
    }

    private static Instant minute(int minute) {
        return NINE.plus(Duration.ofMinutes(minute));
    }
}
