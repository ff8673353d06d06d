package dev.vethlab.engine.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vethlab.engine.packet.TcpSegment;
import dev.vethlab.engine.world.WorldKind;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The seed example: a container with a published port, and the whole way of a client's packet into it and back. */
class PublishedPortTest {
    private final Playground lab = new Playground(WorldKind.LAB);

    @BeforeEach
    void runAContainer() {
        assertThat(lab.type("host", "docker run -d --name web -p 5001:5001 my-app")).matches("[0-9a-f]{64}");
        lab.pass(1);
    }

    @AfterEach
    void discard() {
        lab.close();
    }

    @Test
    void theClientsSynIsTranslatedBeforeItIsRoutedAndReachesTheContainersSocket() {
        long before = lab.lastEvent();
        assertThat(lab.type("client", "curl -s http://192.168.1.10:5001/")).matches("[0-9a-f]{12} saw 192\\.168\\.1\\.20");

        List<String> way = lab.journey(lab.tcp("client", TcpSegment.SYN, before));

        assertThat(way).containsSubsequence(
                "client SOCKET_SEND",
                "client ROUTING: 192.168.1.0/24 dev eth0 proto kernel scope link src 192.168.1.20",
                "client/eth0 DEVICE_TX",
                "lan/to-client DEVICE_RX",
                "lan/lan BRIDGE_FORWARD",
                "lan/to-host DEVICE_TX",
                "host/eth0 DEVICE_RX",
                "host NAT_PREROUTING: -A DOCKER ! -i docker0 -p tcp -m tcp --dport 5001 -j DNAT --to-destination 172.17.0.2:5001"
                        + " → dst 172.17.0.2",
                "host ROUTING: 172.17.0.0/16 dev docker0 proto kernel scope link src 172.17.0.1",
                "host FORWARDING",
                "host FILTER_FORWARD: -A DOCKER -d 172.17.0.2/32 ! -i docker0 -o docker0 -p tcp -m tcp --dport 5001 -j ACCEPT",
                "host CONFIRM",
                "host/docker0 NEIGHBOUR",
                "host/docker0 DEVICE_TX",
                "host/docker0 BRIDGE_FORWARD",
                "host/web/eth0 VETH_PEER",
                "host/web ROUTING: local 172.17.0.2 dev eth0 proto kernel scope host src 172.17.0.2",
                "host/web SOCKET");
    }

    @Test
    void theAnswerIsTranslatedBackSoThatTheClientHearsTheAddressItAsked() {
        long before = lab.lastEvent();
        lab.type("client", "curl -s http://192.168.1.10:5001/");

        List<String> way = lab.journey(lab.tcp("host", TcpSegment.SYN | TcpSegment.ACK, before));

        assertThat(way).anyMatch(line -> line.endsWith("→ src 192.168.1.10")).last().isEqualTo("client SOCKET");
        assertThat(way).noneMatch(line -> line.contains("✕"));
    }

    @Test
    void aSecondContainerCannotHaveTheSamePort() {
        assertThat(lab.type("host", "docker run -d --name web2 -p 5001:5001 my-app"))
                .contains("Bind for 0.0.0.0:5001 failed: port is already allocated").endsWith("[125]");
    }

    @Test
    void whoIsForbiddenByDockerUserIsDroppedThereByThatRule() {
        lab.type("host", "iptables -I DOCKER-USER -s 192.168.1.20 -j DROP");
        long before = lab.lastEvent();
        lab.type("client", "curl -s -m 1 http://192.168.1.10:5001/");

        assertThat(lab.journey(lab.tcp("client", TcpSegment.SYN, before))).last()
                .isEqualTo("host FILTER_FORWARD: -A DOCKER-USER -s 192.168.1.20/32 -j DROP ✕ NETFILTER_DROP");
    }

    @Test
    void aRemovedContainerLeavesNothingBehind() {
        String rules = lab.type("host", "docker rm -f web; iptables-save | grep -c 5001; ip -br link show type veth | wc -l");
        assertThat(rules).isEqualTo("web\n0\n0");
    }
}
