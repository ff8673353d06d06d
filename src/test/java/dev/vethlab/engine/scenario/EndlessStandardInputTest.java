package dev.vethlab.engine.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vethlab.engine.world.WorldKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs that must have all of their standard input at once, and what has no end. */
class EndlessStandardInputTest {
    @ParameterizedTest
    @ValueSource(strings = {
        "curl -d @- 192.168.1.10", "docker build -", "docker compose -f - config", "ip -batch -", "ipset restore", "iptables-restore",
        "redis-server > /dev/null & sleep 1; redis-cli", "tcpdump -r -"
    })
    void isRefusedWhenThereIsNoMoreRoom(String program) {
        try (var playground = new Playground(WorldKind.LAB)) {
            assertThat(playground.type("host", program + " < /dev/zero")).contains("bytes of memory\n[1]");
        }
    }

    @Test
    void textThatCameInPiecesIsWhole() {
        try (var playground = new Playground(WorldKind.NET)) {
            playground.type("host", "iptables -N LONG; (iptables-save; seq 9000 | sed 's/.*/# é/') > /tmp/rules");
            playground.type("host", "sed -i 's/^COMMIT/-A LONG -m comment --comment \"'$(printf 'é%.0s' $(seq 100))'\"\\n&/' /tmp/rules");
            assertThat(playground.type("host", "iptables-restore < /tmp/rules; iptables -S LONG")).doesNotContain("\uFFFD")
                    .contains("é".repeat(100));
        }
    }
}
