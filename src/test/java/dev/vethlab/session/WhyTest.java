package dev.vethlab.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vethlab.engine.world.WorldKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** {@code why} tells on any machine what became of a packet. */
class WhyTest {
    private final Sessions sessions = new Sessions(new InMemorySessionStore(), SessionLimits.DEFAULT, SessionObserver.NONE);
    private final Session session = sessions.create(new Recipe(WorldKind.LAB, 1, ""));

    @AfterEach
    void close() {
        sessions.close();
    }

    @Test
    void aDropIsToldWithItsRuleAndWhatWouldLetItThrough() {
        run("host", "docker run -d --name web -p 5001:5001 my-app; iptables -I DOCKER-USER -s 192.168.1.20 -j DROP");
        run("client", "curl -s -m 1 192.168.1.10:5001");
        for (String node : new String[] {"host", "client", "internet", "container:web"}) {
            assertThat(run(node, "why").output())
                    .containsPattern("Packet \\d+: TCP SYN 192\\.168\\.1\\.20:\\d+ → 192\\.168\\.1\\.10:5001\n")
                    .contains("Dropped at host:\n  filter FORWARD → DOCKER-USER, rule 1\n    -A DOCKER-USER -s 192.168.1.20/32 -j DROP\n")
                    .contains("    Rule 1 of DOCKER-USER decides: DROP.\n    Dropped: NETFILTER_DROP\n")
                    .contains("    What would let it through: a rule before “-A DOCKER-USER -s 192.168.1.20/32 -j DROP” in table filter");
        }
    }

    @Test
    void aPacketIsToldStageByStage() {
        run("host", "docker run -d --name web -p 5001:5001 my-app");
        run("client", "ping -c 1 192.168.1.10 >/dev/null; curl -s 192.168.1.10:5001");
        String syn = session.journeys().all().stream()
                .filter(stage -> stage.event().stage().name().equals("NAT_PREROUTING"))
                .map(stage -> Long.toString(stage.event().packet()))
                .reduce((first, second) -> second)
                .orElseThrow();
        assertThat(run("host", "why " + syn).output())
                .contains("client:\n  Sent by curl\n", "lan, to-client:\n  Received from client\n")
                .contains("    ip.dst 192.168.1.10 → 172.17.0.2\n")
                .contains("host, web, eth0:\n  Across the veth pair to eth0\n", "Delivered: socket");
        assertThat(run("host", "why").output()).startsWith("Packet ");
    }

    @Test
    void whatABridgeReportsOfGroupsIsNoDropToExplain() {
        run("host", "ip link add br0 type bridge; ip link set br0 up; ping -c 1 127.0.0.1; sleep 2");
        assertThat(run("host", "why").output()).contains("ICMP echo reply 127.0.0.1 → 127.0.0.1").doesNotContain("Dropped");
    }

    @Test
    void whatCannotBeToldIsAnOrdinaryError() {
        assertThat(run("host", "why")).isEqualTo(new ExecuteResult("why: no packet has moved yet\n", 1));
        assertThat(run("host", "why web"))
                .isEqualTo(new ExecuteResult("why: 'web' is not the number of a packet\nTry 'why --help' for more information.\n", 2));
        assertThat(run("host", "ping -c 1 127.0.0.1 >/dev/null; why 999999"))
                .isEqualTo(new ExecuteResult("why: packet 999999 is not known, or too long ago\n", 1));
        assertThat(run("host", "why --help").output()).startsWith("Usage: why [OPTION] [PACKET]\n");
    }

    private ExecuteResult run(String node, String command) {
        return session.execute(node, command).join();
    }
}
