package dev.vethlab.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vethlab.engine.scenario.Playground;
import dev.vethlab.engine.trace.TracedStage;
import dev.vethlab.engine.world.WorldKind;
import dev.vethlab.session.SessionStream.Numbered;
import dev.vethlab.session.SessionStream.Read;
import java.util.List;
import org.junit.jupiter.api.Test;

class SessionStreamTest {
    private static final int TWO_OUTPUTS = 450;
    private static final int AN_OUTPUT_AND_A_STAGE = 1000;

    private final SessionStream stream = new SessionStream(TWO_OUTPUTS, 100);

    @Test
    void everyReaderGetsWhatFollowsItsPlaceInOrder() throws InterruptedException {
        say("a");
        say("b");
        assertThat(stream.read(100, 10)).isEqualTo(updates(101, "a", "b"));
        assertThat(stream.read(101, 10)).isEqualTo(updates(102, "b"));
        assertThat(stream.read(100, 1)).isEqualTo(updates(101, "a"));
    }

    @Test
    void aReaderThatIsTooSlowIsToldSoAndNobodyElseIs() throws InterruptedException {
        say("a");
        say("b");
        say("c");
        assertThat(stream.read(100, 10)).isEqualTo(new Read.Lost());
        assertThat(stream.read(101, 10)).isEqualTo(updates(102, "b", "c"));
        assertThat(stream.beforeFirst()).isEqualTo(101);
    }

    @Test
    void ofPacketsLessIsKeptAndAReaderCanTellHowManyStagesItMissed() throws InterruptedException {
        SessionStream stream = new SessionStream(AN_OUTPUT_AND_A_STAGE, 100);
        stream.append(new Update.Output("t", "a"));
        for (int i = 0; i < 3; i++) {
            stream.append(new Update.Packets(List.of(stage())));
        }
        Read.Updates read = (Read.Updates) stream.read(100, 10);
        assertThat(read.updates()).extracting(Numbered::sequence).containsExactly(101L, 104L);
        assertThat(read.updates()).extracting(Numbered::stages).containsExactly(0L, 2L);
        assertThat(stream.beforeFirst()).isEqualTo(100);
        assertThat(stream.beforeWhole()).isEqualTo(103);
        assertThat(stream.stagesUntil(101)).isEqualTo(2);
        assertThat(stream.stagesUntil(104)).isEqualTo(3);
    }

    @Test
    void theEndComesAfterTheLastUpdate() throws InterruptedException {
        say("a");
        stream.close();
        assertThat(stream.read(100, 10)).isEqualTo(updates(101, "a"));
        assertThat(stream.read(101, 10)).isEqualTo(new Read.Closed());
    }

    private void say(String text) {
        stream.append(new Update.Output("t", text));
    }

    private static TracedStage stage() {
        try (var lab = new Playground(WorldKind.NET)) {
            lab.type("client", "ping -c 1 192.168.1.10");
            return new TracedStage(lab.events().getFirst(), null);
        }
    }

    private static Read updates(long first, String... texts) {
        var updates = new java.util.ArrayList<Numbered>();
        for (String text : texts) {
            updates.add(new Numbered(first + updates.size(), 0, new Update.Output("t", text)));
        }
        return new Read.Updates(List.copyOf(updates));
    }
}
