package dev.vethlab.engine.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vethlab.engine.world.WorldKind;
import org.junit.jupiter.api.Test;

/** A program with a connection in place of its standard output. */
class SocketFileTest {
    @Test
    void endsWhenNobodyIsThereToWriteTo() {
        try (var playground = new Playground(WorldKind.LAB)) {
            playground.type("host", "docker run -d --name talker -p 9000:9000 busybox nc -l -p 9000 -e yes");
            playground.type("client", "nc 192.168.1.10 9000 | head -1");
            assertThat(playground.type("host", "docker wait talker; docker logs talker")).isNotEmpty();
        }
    }
}
