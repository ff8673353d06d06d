package dev.vethlab.engine.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vethlab.engine.world.WorldKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** VLANs and ipvlans, of which the machines that were recorded had none: as {@code net/8021q} and {@code drivers/net/ipvlan} say. */
class StackedDevicesTest {
    private final Playground lab = new Playground(WorldKind.BARE);

    @BeforeEach
    void twoNamespacesOnOneCable() {
        lab.type("host", "ip netns add a; ip netns add b; ip link add va netns a type veth peer name vb netns b");
        lab.type("host", "ip -n a link set va up; ip -n b link set vb up");
    }

    @AfterEach
    void discard() {
        lab.close();
    }

    private void vlan(String namespace, int id, String address) {
        String device = "v" + namespace;
        lab.type("host", "ip -n " + namespace + " link add link " + device + " name " + device + "." + id + " type vlan id " + id);
        lab.type("host", "ip -n " + namespace + " addr add " + address + " dev " + device + "." + id);
        lab.type("host", "ip -n " + namespace + " link set " + device + "." + id + " up");
    }

    @Test
    void aVlanIsReachedByTheSameVlanOnly() {
        vlan("a", 10, "10.0.10.1/24");
        vlan("b", 10, "10.0.10.2/24");
        vlan("b", 20, "10.0.20.2/24");
        assertThat(lab.type("host", "ip netns exec a ping -c 1 10.0.10.2")).contains("1 received");
        lab.type("host", "ip -n a addr add 10.0.20.1/24 dev va.10");
        assertThat(lab.type("host", "ip netns exec a ping -c 1 -W 1 10.0.20.2")).contains("0 received");
    }

    @Test
    void itsFramesAreTaggedOnTheCable() {
        vlan("a", 10, "10.0.10.1/24");
        vlan("b", 10, "10.0.10.2/24");
        lab.type("host", "ip netns exec a ping -c 1 10.0.10.2");
        lab.type("host", "ip netns exec b tcpdump -i vb -enn -c 1 icmp > /tmp/seen 2> /dev/null & sleep 1");
        lab.type("host", "ip netns exec a ping -c 1 10.0.10.2; sleep 1");
        assertThat(lab.type("host", "cat /tmp/seen")).contains(
                "ethertype 802.1Q (0x8100), length 102: vlan 10, p 0, ethertype IPv4 (0x0800), 10.0.10.1 > 10.0.10.2: ICMP echo request");
    }

    @Test
    void aVlanGoesUpAndDownWithTheDeviceBelow() {
        vlan("a", 10, "10.0.10.1/24");
        assertThat(lab.type("host", "ip -n a link show va.10")).contains("va.10@va: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500",
                "state UP");
        lab.type("host", "ip -n a link set va down");
        assertThat(lab.type("host", "ip -n a link show va.10")).contains("va.10@va: <BROADCAST,MULTICAST,M-DOWN>", "state DOWN");
        assertThat(lab.type("host", "ip -n a link set va.10 up")).isEqualTo("RTNETLINK answers: Network is down\n[2]");
        lab.type("host", "ip -n a link set va up");
        assertThat(lab.type("host", "ip -n a link show va.10")).contains("<BROADCAST,MULTICAST,UP,LOWER_UP>");
    }

    @Test
    void aVlanIsNoLargerThanTheDeviceBelowAndGoesWithIt() {
        vlan("a", 10, "10.0.10.1/24");
        assertThat(lab.type("host", "ip -n a link set va.10 mtu 1600"))
                .isEqualTo("RTNETLINK answers: Numerical result out of range\n[2]");
        lab.type("host", "ip -n a link set va mtu 1400; ip -n a link set va.10 netns b");
        assertThat(lab.type("host", "ip -n b link show va.10")).contains("va.10@if2:", "mtu 1400", "link-netns a");
        lab.type("host", "ip -n a link del va");
        assertThat(lab.type("host", "ip -n b link show va.10")).contains("Device \"va.10\" does not exist.");
    }

    @Test
    void refusalsAreThoseOf8021q() {
        vlan("a", 10, "10.0.10.1/24");
        String add = "ip -n a link add link va name x type vlan";
        assertThat(lab.type("host", add)).startsWith("Error: 8021q: VLAN properties not specified.");
        assertThat(lab.type("host", add + " id 10")).startsWith("Error: 8021q: VLAN device already exists.");
        assertThat(lab.type("host", add + " id 4095")).startsWith("Error: 8021q: Invalid VLAN id.");
        assertThat(lab.type("host", "ip link add link lo name x type vlan id 1"))
                .startsWith("Error: 8021q: VLANs not supported on device.");
    }

    @Test
    void ipvlansShareAMacAddressAndReachEachOtherButNotTheDeviceBelow() {
        lab.type("host", "ip -n a addr add 10.1.0.1/24 dev va; ip netns add c");
        for (String name : new String[] {"i1", "i2"}) {
            lab.type("host", "ip -n a link add link va name " + name + " type ipvlan mode l2");
        }
        lab.type("host", "ip -n a link set i1 netns c; ip -n c addr add 10.1.0.11/24 dev i1; ip -n c link set i1 up");
        lab.type("host", "ip -n a link set i2 netns b; ip -n b addr add 10.1.0.12/24 dev i2; ip -n b link set i2 up");
        assertThat(lab.type("host", "ip netns exec c ping -c 1 -W 1 10.1.0.12")).contains("1 received");
        assertThat(lab.type("host", "ip netns exec c ping -c 1 -W 1 10.1.0.1")).contains("0 received");
        assertThat(lab.type("host", "ip -n b addr add 10.1.0.11/24 dev i2"))
                .startsWith("Error: Address already assigned to an ipvlan device.");
    }

    @Test
    void inModeL3TheNamespaceBelowRoutesAndNobodyAsksByArp() {
        lab.type("host", "ip -n a addr add 10.1.0.1/24 dev va; ip -n b addr add 10.1.0.2/24 dev vb; ip netns add c");
        lab.type("host", "ip -n a link add link va name i1 type ipvlan mode l3; ip -n a link set i1 netns c");
        lab.type("host", "ip -n c addr add 10.2.0.11/24 dev i1; ip -n c link set i1 up; ip -n c route add default dev i1");
        lab.type("host", "ip -n b route add 10.2.0.0/24 via 10.1.0.1");
        assertThat(lab.type("host", "ip -n c link show i1")).contains("<BROADCAST,MULTICAST,NOARP,UP,LOWER_UP>", "state UNKNOWN");
        assertThat(lab.type("host", "ip netns exec c ping -c 1 -W 1 10.1.0.2")).contains("1 received");
        assertThat(lab.type("host", "ip -n c neigh")).isEmpty();
    }
}
