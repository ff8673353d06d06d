package dev.vethlab.engine.docker.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vethlab.engine.docker.api.EngineException;
import dev.vethlab.engine.kernel.sysctl.Sysctls;
import org.junit.jupiter.api.Test;

/** Host ports among containers. */
class PortAllocatorTest {
    private static final HostAddress ALL = HostAddress.ANY;
    private static final HostAddress LAN = HostAddress.of("192.168.1.10");
    private static final HostAddress OTHER = HostAddress.of("192.168.1.11");

    private final PortAllocator ports = new PortAllocator(new Sysctls(() -> {}));

    @Test
    void aPortIsHeldByOneContainerAtATime() throws EngineException {
        ports.request(ALL, "tcp", 5001, 5001);
        assertThatThrownBy(() -> ports.request(ALL, "tcp", 5001, 5001)).hasMessage("Bind for 0.0.0.0:5001 failed: port is already allocated");
        assertThat(ports.request(ALL, "udp", 5001, 5001)).as("another protocol").isEqualTo(5001);
        ports.release(ALL, "tcp", 5001);
        assertThat(ports.request(ALL, "tcp", 5001, 5001)).isEqualTo(5001);
    }

    @Test
    void allAddressesAndOneExcludeEachOther() throws EngineException {
        ports.request(LAN, "tcp", 80, 80);
        assertThat(ports.request(OTHER, "tcp", 80, 80)).isEqualTo(80);
        assertThatThrownBy(() -> ports.request(ALL, "tcp", 80, 80)).hasMessageContaining("port is already allocated");
    }

    @Test
    void familiesDoNotExcludeEachOther() throws EngineException {
        ports.request(ALL, "tcp", 80, 80);
        HostAddress allSix = HostAddress.of("::");
        assertThat(ports.request(allSix, "tcp", 80, 80)).isEqualTo(80);
        assertThatThrownBy(() -> ports.request(HostAddress.of("::1"), "tcp", 80, 80))
                .hasMessage("Bind for :::80 failed: port is already allocated");
    }

    @Test
    void portsWithoutANumberFollowOneAnother() throws EngineException {
        assertThat(ports.request(ALL, "tcp", 0, 0)).isEqualTo(32768);
        assertThat(ports.request(ALL, "tcp", 0, 0)).isEqualTo(32769);
        ports.release(ALL, "tcp", 32768);
        assertThat(ports.request(ALL, "tcp", 0, 0)).as("not the one just freed").isEqualTo(32770);
    }

    @Test
    void aRangeGivesItsFirstFreePort() throws EngineException {
        ports.request(ALL, "tcp", 8000, 8000);
        assertThat(ports.request(ALL, "tcp", 8000, 8001)).isEqualTo(8001);
        assertThatThrownBy(() -> ports.request(ALL, "tcp", 8000, 8001)).hasMessage("all ports are allocated");
    }
}
