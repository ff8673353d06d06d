package dev.vethlab.engine.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vethlab.engine.world.WorldKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A path below {@code /proc/sys} is found by its name, without the listing of its directory: both must know the same files. */
class SysctlFilesTest {
    private Playground playground;

    @BeforeEach
    void boot() {
        playground = new Playground(WorldKind.LAB);
    }

    @AfterEach
    void close() {
        playground.close();
    }

    @Test
    void everyNameThatIsListedIsFound() {
        playground.type("host", "find /proc/sys/net -type f > /tmp/files; find /proc/sys/net -type d > /tmp/directories");
        assertThat(playground.type("host", "wc -l < /tmp/files").strip()).matches("\\d{3,}");
        assertThat(playground.type("host", "while read f; do [ -f $f ] || echo no $f; done < /tmp/files")).isEmpty();
        assertThat(playground.type("host", "while read d; do [ -d $d ] || echo no $d; done < /tmp/directories")).isEmpty();
    }

    @Test
    void aDotOfADevicesOwnNameIsNoDirectory() {
        playground.type("host", "ip link add link eth0 name eth0.100 type vlan id 100");
        assertThat(playground.type("host", "cat /proc/sys/net/ipv4/conf/eth0.100/forwarding")).isEqualTo("1");
        assertThat(playground.type("host", "cat /proc/sys/net/ipv4/neigh/eth0.100/ucast_solicit")).isEqualTo("3");
        assertThat(playground.type("host", "ls -d /proc/sys/net/ipv4/conf/eth0/100")).endsWith("[2]");
    }

    @Test
    void aDeviceMayBeNamedAsADirectory() {
        playground.type("host", "ip link add conf type dummy");
        assertThat(playground.type("host", "cat /proc/sys/net/ipv4/conf/conf/forwarding; ls /proc/sys/net/ipv4/conf/conf | head -1"))
                .isEqualTo("1\naccept_local");
    }

    @Test
    void whatIsNotListedIsNotFound() {
        for (String name : new String[] {
            "net.ipv4", "nets", "net/ipv4.ip_forward", "net/ipv4/ip_forward/x", "net/ipv4/conf/eth9", "net/ipv4/conf/eth0.forwarding",
            "net/ipv4/conf/eth0/nothing", "net/ipv4/neigh/all", "net/ipv4/conf/forwarding", "net/ipv4/ip_for", "net/core/x"
        }) {
            assertThat(playground.type("host", "ls -d /proc/sys/" + name)).as(name).endsWith("[2]");
        }
    }
}
