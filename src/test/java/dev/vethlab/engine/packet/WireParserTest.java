package dev.vethlab.engine.packet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class WireParserTest {
    /** A SYN from port 1 to port 2 with a header of 24 bytes, without its options. */
    private static final String SYN = "0001000200000000000000006002000000000000";

    @Test
    void anOptionOfTcpHasItsOwnLength() {
        assertThat(options("020405b4").mss()).isEqualTo(1460);
    }

    /** A timestamp that ends where it should begin was read beyond the header. Such a segment stays the bytes that it is. */
    @Test
    void anOptionOfAnotherLengthMeansNothing() {
        for (String wrong : new String[] {"08020000", "02030500", "03020000", "05030000", "04040000"}) {
            assertThat(parse(wrong)).as(wrong).isInstanceOf(OpaqueTransport.class);
        }
    }

    private static TcpOptions options(String bytes) {
        return ((TcpSegment) parse(bytes)).options();
    }

    private static Transport parse(String options) {
        return WireParser.transport(IpProtocol.TCP, Bytes.of(HexFormat.of().parseHex(SYN + options)));
    }
}
