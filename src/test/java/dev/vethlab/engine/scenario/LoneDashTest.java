package dev.vethlab.engine.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vethlab.engine.world.WorldKind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A dash alone is an operand and no option (getopt(3)). */
class LoneDashTest {
    @ParameterizedTest
    @CsvSource(delimiter = '~', value = {
        "docker -            ~ docker: unknown command: docker -",
        "iptables-save -     ~ Unknown arguments found on commandline",
        "nsenter -n -t 1 -   ~ nsenter: failed to execute -: No such file or directory",
        "seq -               ~ seq: invalid floating point argument: ‘-’",
    })
    void isAnOperand(String command, String complaint) {
        try (var playground = new Playground(WorldKind.LAB)) {
            assertThat(playground.type("host", command)).startsWith(complaint);
        }
    }
}
