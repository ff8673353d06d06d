package dev.vethlab.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vethlab.session.SessionStream.Numbered;
import dev.vethlab.session.SessionStream.Read;
import java.util.List;
import org.junit.jupiter.api.Test;

class SessionStreamTest {
    private static final int TWO_OUTPUTS = 450;

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
    void theEndComesAfterTheLastUpdate() throws InterruptedException {
        say("a");
        stream.close();
        assertThat(stream.read(100, 10)).isEqualTo(updates(101, "a"));
        assertThat(stream.read(101, 10)).isEqualTo(new Read.Closed());
    }

    private void say(String text) {
        stream.append(new Update.Output("t", text));
    }

    private static Read updates(long first, String... texts) {
        var updates = new java.util.ArrayList<Numbered>();
        for (String text : texts) {
            updates.add(new Numbered(first + updates.size(), new Update.Output("t", text)));
        }
        return new Read.Updates(List.copyOf(updates));
    }
}
