package dev.vethlab.engine.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vethlab.engine.world.WorldKind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What real iptables can match and this one cannot is refused as such, never as a mistake of the user's. */
class UnsupportedMatchTest {
    @ParameterizedTest
    @ValueSource(strings = {
        "-p dccp --sport 5", "-m bpf --bytecode '1,6 0 0 0'", "-m cgroup --path web", "-m connlabel --label 5",
        "-m ipvs --vproto 6", "-m osf --genre Linux", "-m socket --nowildcard"
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
