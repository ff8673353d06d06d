package dev.vethlab.engine.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vethlab.engine.world.WorldKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Networks on a parent interface, where the recorded machines lacked a kind of device: dummies, VLANs and ipvlans. */
class ParentNetworksTest {
    private final Playground lab = new Playground(WorldKind.LAB);

    @AfterEach
    void discard() {
        lab.close();
    }

    @Test
    void withoutAParentContainersReachEachOtherOnADummyOfTheirOwn() {
        lab.type("host", "docker network create -d macvlan --subnet 10.7.0.0/24 own");
        assertThat(lab.type("host", "ip -d link show type dummy")).contains("dm-");
        lab.type("host", "docker run -d --name one --network own alpine sleep 1000");
        assertThat(lab.type("host", "docker run --rm --network own alpine ping -c 1 one")).contains("1 packets received");
        lab.type("host", "docker rm -f one; docker network rm own");
        assertThat(lab.type("host", "ip link show type dummy")).isEmpty();
    }

    @Test
    void aSubInterfaceThatIsMissingIsMadeAndGoesWithTheNetwork() {
        lab.type("host", "docker network create -d macvlan --subnet 10.7.0.0/24 -o parent=eth0.10 tagged");
        assertThat(lab.type("host", "ip -d link show eth0.10")).contains("vlan protocol 802.1Q id 10", "state UP");
        lab.type("host", "docker network rm tagged");
        assertThat(lab.type("host", "ip link show eth0.10")).contains("Device \"eth0.10\" does not exist.");
    }

    @Test
    void anIpvlanContainerIsAnswerableOnTheLanWithTheHostsOwnMacAddress() {
        lab.type("host", "docker network create -d ipvlan --subnet 192.168.1.0/24 --gateway 192.168.1.1 -o parent=eth0 lan");
        lab.type("host", "docker run -d --name web --network lan --ip 192.168.1.50 my-app");
        lab.pass(1);
        assertThat(lab.type("client", "curl -s http://192.168.1.50:5001/")).contains("saw 192.168.1.20");
        String ours = lab.type("host", "cat /sys/class/net/eth0/address");
        assertThat(lab.type("client", "ip neigh show 192.168.1.50")).contains(ours.strip());
        assertThat(lab.type("host", "ping -c 1 -W 1 192.168.1.50")).contains("0 received");
    }

    @Test
    void inModeL3TheContainersDefaultRouteIsItsInterface() {
        lab.type("host", "docker network create -d ipvlan --subnet 10.7.0.0/24 -o parent=eth0 -o ipvlan_mode=l3 routed");
        assertThat(lab.type("host", "docker run --rm --network routed alpine ip route")).contains("default dev eth0 scope link");
    }
}
