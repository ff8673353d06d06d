package dev.vethlab.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vethlab.engine.packet.IcmpMessage;
import dev.vethlab.engine.packet.Ipv4Packet;
import dev.vethlab.engine.trace.Cause;
import dev.vethlab.engine.trace.DropReason;
import dev.vethlab.engine.trace.Outcome;
import dev.vethlab.engine.trace.Stage;
import org.junit.jupiter.api.Test;

/** The way of a packet through one, two and three machines, as the trace tells it. */
class PacketPathTest {
    private final TestNetwork net = new TestNetwork();

    @Test
    void anEchoCrossesACableOnceArpHasAnswered() {
        NetworkNamespace client = net.machine("client");
        NetworkNamespace host = net.machine("host");
        net.cable(client, "10.0.0.1/24", host, "10.0.0.2/24");

        long echo = net.ping(client, "10.0.0.2", 56);
        net.run(1);

        assertThat(net.journey(echo)).filteredOn(l -> !l.matches(".*(RAW|MANGLE|FILTER|NAT|CONNTRACK|CONFIRM).*")).containsExactly(
                "client SOCKET_SEND", "client ROUTING", "client/eth0 NEIGHBOUR … an ARP reply from 10.0.0.2", "client/eth0 NEIGHBOUR",
                "client/eth0 DEVICE_TX", "host/eth0 DEVICE_RX", "host ROUTING", "host SOCKET ✓");
        long question = net.childOf(echo, Cause.ASKED_FOR);
        assertThat(net.journey(question)).containsExactly(
                "client/eth0 ARP", "client/eth0 DEVICE_TX", "host/eth0 DEVICE_RX", "host/eth0 ARP ✓");
        long answer = net.childOf(echo, Cause.REPLY_TO);
        assertThat(net.journey(answer)).endsWith("client/eth0 DEVICE_RX", "client ROUTING", "client SOCKET ✕ NO_SOCKET")
                .doesNotContain("client SOCKET_SEND");
        assertThat(host.neighbours().entries()).singleElement()
                .satisfies(e -> assertThat(e.text()).as("its own answer made use of it")
                        .startsWith("10.0.0.1 dev eth0 lladdr ").endsWith("DELAY"));
        assertThat(client.neighbours().entries().getFirst().text()).endsWith("REACHABLE");
    }

    @Test
    void aRouterForwardsOnlyWhenToldToAndTakesOneOffTheTtl() {
        NetworkNamespace client = net.machine("client");
        NetworkNamespace router = net.machine("router");
        NetworkNamespace server = net.machine("server");
        net.cable(client, "10.0.0.1/24", router, "10.0.0.254/24");
        net.cable(router, "10.0.1.254/24", server, "10.0.1.1/24");
        net.route(client, "0.0.0.0/0", "10.0.0.254");
        net.route(server, "0.0.0.0/0", "10.0.1.254");

        long refused = net.ping(client, "10.0.1.1", 56);
        net.run(1);
        assertThat(net.outcome(refused)).isInstanceOfSatisfying(Outcome.Dropped.class, d -> {
            assertThat(d.reason()).isEqualTo(DropReason.IP_FORWARDING_OFF);
            assertThat(d.remedy().text()).contains("sysctl -w net.ipv4.ip_forward=1");
        });

        net.forward(router);
        long echo = net.ping(client, "10.0.1.1", 56);
        net.run(1);
        assertThat(net.outcome(echo)).isEqualTo(Outcome.DELIVERED);
        assertThat(net.events.stream().filter(e -> e.packet() == echo && e.stage() == Stage.SOCKET).toList().getLast().payload())
                .isInstanceOfSatisfying(Ipv4Packet.class, ip -> assertThat(ip.ttl()).isEqualTo(63));
    }

    @Test
    void aTtlThatEndsAtTheRouterIsAnsweredByIt() {
        NetworkNamespace client = net.machine("client");
        NetworkNamespace router = net.machine("router");
        net.cable(client, "10.0.0.1/24", router, "10.0.0.254/24");
        net.route(client, "0.0.0.0/0", "10.0.0.254");
        net.forward(router);
        net.route(router, "10.9.0.0/16", "10.0.0.1");

        long probe = net.send(client, "10.9.0.1", false, 1, TestNetwork.echo(56));
        net.run(1);

        long error = net.childOf(probe, Cause.ICMP_ERROR_OF);
        assertThat(net.events.stream().filter(e -> e.packet() == error).findFirst().orElseThrow().payload())
                .isInstanceOfSatisfying(Ipv4Packet.class, ip -> assertThat(ip.transport())
                        .isInstanceOfSatisfying(IcmpMessage.class, m -> assertThat(m.type()).isEqualTo(IcmpMessage.TIME_EXCEEDED)));
    }

    @Test
    void whoIsNotThereIsAskedForThreeTimesThenTheWaitingPacketFails() {
        NetworkNamespace client = net.machine("client");
        NetworkNamespace host = net.machine("host");
        net.cable(client, "10.0.0.1/24", host, "10.0.0.2/24");

        long echo = net.ping(client, "10.0.0.77", 56);
        net.run(10);

        assertThat(net.packets).filteredOn(p -> p.cause() == Cause.ASKED_FOR).hasSize(3);
        assertThat(net.journey(echo)).last().isEqualTo("client/eth0 NEIGHBOUR ✕ NEIGH_FAILED");
        assertThat(client.neighbours().entries().getFirst().text()).isEqualTo("10.0.0.77 dev eth0 FAILED");
    }

    @Test
    void aPacketTooLongForTheLinkTravelsInFragmentsAndIsWholeAgainAtItsGoal() {
        NetworkNamespace client = net.machine("client");
        NetworkNamespace host = net.machine("host");
        net.cable(client, "10.0.0.1/24", host, "10.0.0.2/24");

        long echo = net.ping(client, "10.0.0.2", 4000);
        net.run(1);

        assertThat(net.packets).filteredOn(p -> p.parent() == echo && p.cause() == Cause.FRAGMENT_OF).hasSize(3);
        long lastFragment = net.packets.stream().filter(p -> p.parent() == echo && p.cause() == Cause.FRAGMENT_OF).toList().getLast()
                .packet();
        assertThat(net.journey(lastFragment)).contains("host SOCKET ✓");
    }

    @Test
    void anOwnAddressIsReachedOverLoopback() {
        NetworkNamespace host = net.machine("host");
        long echo = net.ping(host, "127.0.0.1", 56);
        net.run(1);
        assertThat(net.journey(echo)).contains("host/lo DEVICE_TX", "host/lo DEVICE_RX", "host SOCKET ✓");
    }

    @Test
    void nothingIsLeftToHappenOnceAllIsQuiet() {
        NetworkNamespace client = net.machine("client");
        NetworkNamespace host = net.machine("host");
        net.cable(client, "10.0.0.1/24", host, "10.0.0.2/24");
        net.ping(client, "10.0.0.2", 56);
        net.run(120);
        assertThat(net.kernel.simulation().isIdle()).isTrue();
    }
}
