package dev.vethlab.engine.packet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an interface with IPv6 announces, as a capture of a real one has it. */
class Ipv6MessageTest {
    private static final long MAC = 0xA6CDF8CE9855L;

    private final Ipv6Message message = new Ipv6Message(MAC);

    @ParameterizedTest
    @CsvSource({"a6:cd:f8:ce:98:55, fe80::a4cd:f8ff:fece:9855", "02:00:00:00:00:01, fe80::ff:fe00:1"})
    void theLinkLocalAddressFollowsFromTheMacAddress(String mac, String address) {
        assertThat(new Ipv6Message(Mac.parse(mac).orElseThrow()).linkLocalAddress()).isEqualTo(address);
    }

    @Test
    void theFramesAreAsLongAsRealOnesAndGoToTheirGroups() {
        assertThat(message.listenerReport(true).length()).isEqualTo(90);
        assertThat(Mac.text(message.listenerReport(true).destination())).isEqualTo("33:33:00:00:00:16");
        assertThat(message.duplicateAddressSolicitation(1).length()).isEqualTo(86);
        assertThat(Mac.text(message.duplicateAddressSolicitation(1).destination())).isEqualTo("33:33:ff:ce:98:55");
        assertThat(message.routerSolicitation().length()).isEqualTo(70);
        assertThat(Mac.text(message.routerSolicitation().destination())).isEqualTo("33:33:00:00:00:02");
    }

    @Test
    void aMessageWithItsChecksumSumsUpToNothing() {
        byte[] frame = WireFormat.encode(message.routerSolicitation());
        int sum = frame.length - 54 + 58;
        for (int i = 22; i < 54; i += 2) {
            sum += (frame[i] & 0xFF) << 8 | frame[i + 1] & 0xFF;
        }
        assertThat(WireFormat.checksum(frame, 54, frame.length - 54, sum)).isZero();
    }
}
