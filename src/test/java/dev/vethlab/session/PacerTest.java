package dev.vethlab.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vethlab.engine.packet.Bytes;
import dev.vethlab.engine.packet.OpaquePayload;
import dev.vethlab.engine.trace.Decision;
import dev.vethlab.engine.trace.Outcome;
import dev.vethlab.engine.trace.Place;
import dev.vethlab.engine.trace.Stage;
import dev.vethlab.engine.trace.TraceEvent;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** The emulation's thread is a thread of the test here; what it does, it says on a queue. */
class PacerTest {
    private final AtomicLong wall = new AtomicLong(1);
    private final BlockingQueue<String> said = new LinkedBlockingQueue<>();
    private final Pacer pacer = new Pacer(wall::get, () -> said.add("held changed"), () -> {});

    @Test
    void liveTimeFollowsTheWallClock() {
        assertThat(pacer.virtualTime(1000, 5000)).isEqualTo(1000);
        wall.addAndGet(300);
        assertThat(pacer.virtualTime(1000, 5000)).isEqualTo(1300);
        assertThat(pacer.mayRun(1000, 1300)).isTrue();
    }

    @Test
    void theTimeWaitedForWhatIsDueLaterIsNoLag() {
        long second = 1_000_000_000;
        pacer.virtualTime(0, 3 * second);
        wall.addAndGet(2 * second);
        assertThat(pacer.virtualTime(0, 3 * second)).isEqualTo(2 * second);
        wall.addAndGet(second);
        assertThat(pacer.waitFor(0, 3 * second)).isLessThanOrEqualTo(0);
    }

    @Test
    void virtualTimeDoesNotPassWhatIsDue() {
        pacer.virtualTime(1000, 5000);
        wall.addAndGet(9000);
        assertThat(pacer.virtualTime(1000, 5000)).isEqualTo(5000);
    }

    @Test
    void slowTimeIsAFractionOfTheWallClock() {
        pacer.setPace(new Pace.Slow(10));
        pacer.virtualTime(0, 5000);
        wall.addAndGet(1000);
        assertThat(pacer.virtualTime(0, 5000)).isEqualTo(100);
    }

    @Test
    void fastWaitsForNothing() {
        pacer.setPace(Pace.FAST);
        assertThat(pacer.mayRun(0, Long.MAX_VALUE)).isTrue();
    }

    @Test
    void somebodyWhoWaitsForAnAnswerMakesLiveFast() {
        pacer.hurry(true);
        assertThat(pacer.mayRun(0, Long.MAX_VALUE)).isTrue();
    }

    @Test
    void anInterruptEndsAWait() {
        pacer.setPace(Pace.STEP);
        pacer.interrupt();
        assertThat(pacer.mayRun(0, 0)).isFalse();
    }

    @Test
    void oneStepIsOneStage() throws InterruptedException {
        pacer.setPace(Pace.STEP);
        Thread emulation = Thread.ofVirtual().start(() -> {
            pacer.mayRun(0, 0);
            said.add("first");
            pacer.stage(event(Outcome.CONTINUES));
            said.add("second");
            pacer.stage(event(Outcome.CONTINUES));
            said.add("third");
        });
        assertThat(said.take()).isEqualTo("held changed");
        pacer.step(false);
        assertThat(said.take()).isEqualTo("held changed");
        assertThat(said.take()).isEqualTo("first");
        assertThat(said.take()).isEqualTo("held changed");
        assertThat(pacer.isHeld()).isTrue();
        pacer.step(false);
        assertThat(said.take()).isEqualTo("held changed");
        assertThat(said.take()).isEqualTo("second");
        pacer.close();
        emulation.join();
        assertThat(said).contains("third");
    }

    @Test
    void aStepByPacketRunsToThePacketsEnd() throws InterruptedException {
        pacer.setPace(Pace.STEP);
        pacer.step(true);
        Thread emulation = Thread.ofVirtual().start(() -> {
            pacer.mayRun(0, 0);
            pacer.stage(event(Outcome.CONTINUES));
            said.add("on its way");
            pacer.stage(event(Outcome.DELIVERED));
            said.add("after its end");
        });
        assertThat(said.take()).isEqualTo("on its way");
        assertThat(said.take()).isEqualTo("held changed");
        pacer.setPace(Pace.FAST);
        emulation.join();
        assertThat(said).contains("after its end");
    }

    private static TraceEvent event(Outcome outcome) {
        return new TraceEvent(
                1,
                0,
                1,
                new Place("host", "", "eth0"),
                Stage.DEVICE_RX,
                null,
                new OpaquePayload(0x1234, Bytes.EMPTY),
                null,
                new Decision.None(),
                outcome);
    }
}
