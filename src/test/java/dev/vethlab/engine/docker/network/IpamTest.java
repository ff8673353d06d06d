package dev.vethlab.engine.docker.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vethlab.engine.docker.api.EngineException;
import dev.vethlab.engine.docker.api.Subnet;
import dev.vethlab.engine.packet.Ipv4;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which subnets and addresses networks and containers get when nobody chooses. */
class IpamTest {
    private final Ipam ipam = new Ipam(Ipam.standardPools());
    private final List<Subnet> lan = List.of(subnet("192.168.1.0/24"));

    private static Subnet subnet(String text) {
        return Subnet.parse(text).orElseThrow();
    }

    @Test
    void thirtyOnePoolsLessThoseThatTheHostReaches() throws EngineException {
        var given = new ArrayList<String>();
        for (int i = 0; i < 30; i++) {
            given.add(ipam.requestAny(lan).subnet().toString());
        }
        assertThat(given).startsWith("172.17.0.0/16", "172.18.0.0/16").contains("172.31.0.0/16", "192.168.16.0/20")
                .endsWith("192.168.240.0/20").doesNotContain("192.168.0.0/20");
        assertThatThrownBy(() -> ipam.requestAny(lan)).hasMessage("all predefined address pools have been fully subnetted");
    }

    @Test
    void aSubnetThatWasReleasedIsGivenAgain() throws EngineException {
        AddressPool first = ipam.requestAny(lan);
        ipam.requestAny(lan);
        ipam.release(first);
        assertThat(ipam.requestAny(lan).subnet()).hasToString("172.17.0.0/16");
    }

    @Test
    void aChosenSubnetMustNotOverlapAnother() throws EngineException {
        ipam.request(subnet("10.1.0.0/16"), null);
        assertThatThrownBy(() -> ipam.request(subnet("10.1.2.0/24"), null))
                .hasMessage("invalid pool request: Pool overlaps with other one on this address space");
    }

    @Test
    void addressesAreTheLowestThatAreFree() throws EngineException {
        AddressPool pool = ipam.request(subnet("10.0.0.0/29"), null);
        var given = new ArrayList<String>();
        for (int i = 0; i < 6; i++) {
            given.add(Ipv4.text(pool.request()));
        }
        assertThat(given).containsExactly("10.0.0.1", "10.0.0.2", "10.0.0.3", "10.0.0.4", "10.0.0.5", "10.0.0.6");
        assertThatThrownBy(pool::request).hasMessage("no available IPv4 addresses on this network's address pools");
        pool.release(Ipv4.address("10.0.0.3"));
        assertThat(Ipv4.text(pool.request())).isEqualTo("10.0.0.3");
    }

    @Test
    void aRangeIsWhereUnchosenAddressesComeFrom() throws EngineException {
        AddressPool pool = ipam.request(subnet("10.0.0.0/24"), subnet("10.0.0.128/25"));
        assertThat(Ipv4.text(pool.request())).isEqualTo("10.0.0.128");
        assertThat(Ipv4.text(pool.request(Ipv4.address("10.0.0.5")))).isEqualTo("10.0.0.5");
        assertThatThrownBy(() -> pool.request(Ipv4.address("10.0.0.5"))).hasMessage("Address already in use");
    }
}
