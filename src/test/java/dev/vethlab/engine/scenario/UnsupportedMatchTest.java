package dev.vethlab.engine.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vethlab.engine.world.WorldKind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What real iptables can match and this one cannot is refused as such, never as a mistake of the user's. */
class UnsupportedMatchTest {
    @ParameterizedTest
    @ValueSource(strings = {
        "-p sctp --dport 5", "-p dccp --sport 5", "-p esp --espspi 5", "-p ah --ahspi 5", "-m realm --realm 5",
        "-m bpf --bytecode '1,6 0 0 0'", "-m helper --helper ftp", "-m socket", "-m policy --dir in --pol none"
    })
    void isRefusedHonestly(String match) {
        try (var playground = new Playground(WorldKind.BARE)) {
            String[] words = match.split(" ");
            assertThat(playground.type("host", "iptables -A INPUT " + match + " -j ACCEPT"))
                    .isEqualTo("vethlab: iptables: match '" + words[1] + "' is not emulated\n[95]");
            assertThat(playground.type("host", "iptables -S INPUT")).isEqualTo("-P INPUT ACCEPT");
        }
    }
}
