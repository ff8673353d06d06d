package dev.vethlab.engine.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vethlab.engine.world.WorldKind;
import org.junit.jupiter.api.Test;

/** A packet of one's own that gets another destination on its way out. */
class RerouteTest {
    /** Found by comparing with the running kernel: {@code nf_hook_state.out} does not follow the new route until POSTROUTING. */
    @Test
    void filterOutputStillSeesTheDeviceOfTheFirstRoute() {
        try (var playground = new Playground(WorldKind.BARE)) {
            for (String command : """
                    ip netns add a
                    ip netns add b
                    ip link add e0 netns a type veth peer name e0 netns b
                    ip -n a link set lo up
                    ip -n a addr add 10.0.0.1/24 dev e0
                    ip -n b addr add 10.0.0.2/24 dev e0
                    ip -n a link set e0 up
                    ip -n b link set e0 up
                    ip netns exec a iptables -t nat -A OUTPUT -d 10.0.0.1 -j DNAT --to-destination 10.0.0.2
                    ip netns exec a iptables -A OUTPUT -o lo
                    ip netns exec a iptables -A OUTPUT -o e0
                    ip netns exec a iptables -t mangle -A POSTROUTING -o e0
                    """.lines().toList()) {
                assertThat(playground.type("host", command)).isEmpty();
            }
            playground.type("host", "ip netns exec a ping -c 1 -W 1 10.0.0.1");

            assertThat(playground.type("host", "ip netns exec a iptables-save -c"))
                    .contains("[1:84] -A OUTPUT -o lo", "[0:0] -A OUTPUT -o e0", "[1:84] -A POSTROUTING -o e0");
        }
    }
}
