package dev.vethlab.engine.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vethlab.engine.packet.Bytes;
import dev.vethlab.engine.packet.OpaquePayload;
import org.junit.jupiter.api.Test;

class JourneysTest {
    private final Journeys journeys = new Journeys(3);

    @Test
    void keepsTheMostRecentStagesAndSaysHowManyAreLost() {
        for (int sequence = 1; sequence <= 5; sequence++) {
            journeys.add(event(sequence, 1));
        }
        Journeys.Page page = journeys.after(0, 10);
        assertThat(page.stages()).extracting(stage -> stage.event().sequence()).containsExactly(3L, 4L, 5L);
        assertThat(page.lost()).isEqualTo(2);
        assertThat(page.next()).isEqualTo(5);
    }

    @Test
    void aPageEndsWhereItIsFull() {
        journeys.add(event(1, 1));
        journeys.add(event(2, 1));
        Journeys.Page page = journeys.after(0, 1);
        assertThat(page.next()).isEqualTo(1);
        assertThat(journeys.after(page.next(), 1).stages()).extracting(stage -> stage.event().sequence()).containsExactly(2L);
        assertThat(journeys.after(2, 1).next()).isEqualTo(2);
    }

    @Test
    void aStageKnowsWhyItsPacketIsThere() {
        var born = new PacketBorn(7, 0, Cause.SENT, 0, "curl");
        journeys.add(born);
        journeys.add(event(1, 7));
        journeys.add(event(2, 8));
        assertThat(journeys.of(7)).extracting(TracedStage::born).containsExactly(born);
        assertThat(journeys.of(8)).extracting(TracedStage::born).containsExactly((PacketBorn) null);
    }

    private static TraceEvent event(long sequence, long packet) {
        return new TraceEvent(
                sequence,
                0,
                packet,
                new Place("host", "", "eth0"),
                Stage.DEVICE_RX,
                null,
                new OpaquePayload(0x1234, Bytes.EMPTY),
                null,
                new Decision.None(),
                Outcome.CONTINUES);
    }
}
