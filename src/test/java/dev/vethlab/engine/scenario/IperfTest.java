package dev.vethlab.engine.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vethlab.engine.world.WorldKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Measuring with {@code iperf3}: what it prints is what went over the wire. */
class IperfTest {
    private static final String SERVER = "iperf3 -s > /tmp/server 2>&1 &";

    @Test
    void aPacedStreamComesAtThePaceAsked() {
        try (var playground = new Playground(WorldKind.NET)) {
            playground.type("host", SERVER);
            assertThat(playground.type("client", "iperf3 -c 192.168.1.10 -b 1M -t 2")).matches("""
                    Connecting to host 192.168.1.10, port 5201
                    \\[  4] local 192.168.1.20 port \\d+ connected to 192.168.1.10 port 5201
                    \\[ ID] Interval           Transfer     Bitrate         Retr  Cwnd
                    \\[  4]   0.00-1.00   sec   128 KBytes  1.05 Mbits/sec    0   [ 0-9.]{4} KBytes
                    \\[  4]   1.00-2.00   sec   128 KBytes  1.05 Mbits/sec    0   [ 0-9.]{4} KBytes
                    - - - - - - - - - - - - - - - - - - - - - - - - -
                    \\[ ID] Interval           Transfer     Bitrate         Retr
                    \\[  4]   0.00-2.00   sec   256 KBytes  1.05 Mbits/sec    0            sender
                    \\[  4]   0.00-2.00   sec   256 KBytes  1.05 Mbits/sec                  receiver

                    iperf Done.""".replace("KBytes\n", "KBytes {7}\n"));
            assertThat(playground.type("host", "grep receiver /tmp/server"))
                    .isEqualTo("[  5]   0.00-2.00   sec   256 KBytes  1.05 Mbits/sec                  receiver");
        }
    }

    @Test
    void datagramsThatARuleDropsAreLost() {
        try (var playground = new Playground(WorldKind.NET)) {
            playground.type("host", SERVER);
            playground.type("host", "iptables -A INPUT -p udp -m statistic --mode nth --every 4 --packet 3 -j DROP");
            String lines = playground.type("client", "iperf3 -c host -u -b 200k -l 1000 -t 2");
            assertThat(lines).contains("  [  4]".strip(), "Total Datagrams", "0.000 ms  0/50 (0%)  sender");
            String lost = playground.type("host", "iptables -vxnL INPUT | awk 'NR == 3 {print $1}'");
            assertThat(lines).as("the first word of a stream can be lost, too").containsPattern("ms  1[0-3]/(49|50) \\(2\\d%\\)  receiver");
            assertThat(lost).isIn("12", "13");
        }
    }

    @Test
    void withoutAPaceItIsBoundByTheMachine() {
        try (var playground = new Playground(WorldKind.NET)) {
            playground.type("host", SERVER);
            assertThat(playground.type("client", "iperf3 -c host -t 1 -R -P 2 | tail -4"))
                    .containsPattern("\\[SUM]   0.00-1.00   sec  1[12].\\d MBytes  [ 19]\\d+ Mbits/sec +receiver");
        }
    }

    @Test
    void aDaemonServesOneClientAndEnds() {
        try (var playground = new Playground(WorldKind.NET)) {
            playground.type("host", "iperf3 -s -D -1 -p 5300");
            assertThat(playground.type("client", "iperf3 -c host -p 5300 -n 64K -i 0 | tail -1")).isEqualTo("iperf Done.");
            assertThat(playground.type("client", "iperf3 -c host -p 5300")).contains("Connection refused");
        }
    }

    @Test
    void whoComesWhileATestRunsIsTurnedAway() {
        try (var playground = new Playground(WorldKind.NET)) {
            playground.type("host", SERVER);
            playground.type("router", "iperf3 -c 192.168.1.10 -b 10k -l 1K -t 3 > /dev/null &");
            assertThat(playground.type("client", "sleep 1; iperf3 -c host")).contains("the server is busy running a test");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{\"tcp\":true,\"parallel\":1,\"len\":2000000000}", "{\"tcp\":true,\"parallel\":1,\"len\":0}",
        "{\"udp\":true,\"parallel\":1,\"len\":8}", "{\"tcp\":true,\"parallel\":9000,\"len\":1}",
        "{\"tcp\":true,\"parallel\":1,\"len\":1,\"TOS\":256}", "{\"tcp\":true,\"time\":99999999999999999999}", "hello"
    })
    void termsThatNobodyCanKeepAreRefused(String terms) {
        try (var playground = new Playground(WorldKind.NET)) {
            playground.type("host", SERVER);
            playground.type("client", "printf '%037d\\0\\0\\0\\100%-64s' 0 '" + terms + "' | nc -q 1 192.168.1.10 5201 > /dev/null");
            assertThat(playground.type("host", "grep error /tmp/server"))
                    .isEqualTo("iperf3: error - unable to receive parameters from client");
            assertThat(playground.type("client", "iperf3 -c host -n 64K -i 0 | tail -1")).isEqualTo("iperf Done.");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"256", "-1", "af11", ""})
    void aTypeOfServiceIsAByte(String tos) {
        try (var playground = new Playground(WorldKind.NET)) {
            assertThat(playground.type("client", "iperf3 -c host -S '" + tos + "'"))
                    .startsWith("iperf3: parameter error - bad TOS value (must be between 0 and 255 inclusive)");
        }
    }
}
