package dev.vethlab.engine.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vethlab.engine.world.WorldKind;
import org.junit.jupiter.api.Test;

/** What the log says of options in a packet's header; the recording machine's kernel keeps no log of its namespaces. */
class HeaderOptionsTest {
    @Test
    void theLogShowsThemWhenAsked() {
        try (var playground = new Playground(WorldKind.NET)) {
            playground.type("host", "iptables -A INPUT -p icmp -j LOG --log-ip-options");
            playground.type("client", "ping -c 1 -R 192.168.1.10");
            assertThat(playground.type("host", "dmesg | tail -1"))
                    .contains("ID=", " OPT (0107270CC0A80114C0A8010A000000", ") PROTO=ICMP TYPE=8 ");
        }
    }
}
