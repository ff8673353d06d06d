package dev.vethlab.engine.packet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** DNS messages survive the wire, and are as long there as the real ones. */
class DnsCodecTest {
    private static final int ADDRESS = Ipv4.address("198.51.100.80");

    private static DnsMessage sent(DnsMessage message) {
        return DnsCodec.parse(DnsCodec.encode(message)).orElseThrow();
    }

    @Test
    void aQuestionComesBackAsItWas() {
        DnsMessage query = DnsMessage.query(4711, "example.com", DnsType.A);
        assertThat(sent(query)).isEqualTo(query);
        assertThat(DnsCodec.encode(query).length()).isEqualTo(29);
    }

    @Test
    void anAnswerPointsBackToTheNameInTheQuestion() {
        DnsMessage query = DnsMessage.query(1, "example.com", DnsType.A);
        DnsMessage answer = query.answer(DnsMessage.NOERROR, List.of(DnsRecord.a("example.com", 60, ADDRESS)));
        assertThat(DnsCodec.encode(answer).length()).isEqualTo(45);
        assertThat(sent(answer).answers()).containsExactly(DnsRecord.a("example.com", 60, ADDRESS));
        assertThat(DnsCodec.encode(query.withUdpSize(1232).answer(DnsMessage.NXDOMAIN, List.of())).length()).isEqualTo(40);
    }

    @Test
    void namesInAnswersAreKept() {
        DnsMessage query = DnsMessage.query(1, DnsMessage.reverseName(ADDRESS), DnsType.PTR);
        assertThat(query.question()).isEqualTo("80.100.51.198.in-addr.arpa");
        DnsRecord record = DnsRecord.ptr(query.question(), 600, "web.app");
        assertThat(sent(query.answer(DnsMessage.NOERROR, List.of(record))).answers()).containsExactly(record);
    }

    @Test
    void whatIsNotAMessageIsNone() {
        byte[] loop = DnsCodec.encode(DnsMessage.query(1, "a", DnsType.A)).toArray();
        loop[12] = (byte) 0xC0;
        loop[13] = 12;
        assertThat(DnsCodec.parse(Bytes.of(loop))).isEmpty();
        assertThat(DnsCodec.parse(Bytes.of("short"))).isEmpty();
    }

    @Test
    void labelsHaveOneToSixtyThreeBytes() {
        assertThat(DnsCodec.isName("example.com")).isTrue();
        assertThat(DnsCodec.isName("a..b")).isFalse();
        assertThat(DnsCodec.isName("x".repeat(64) + ".com")).isFalse();
    }
}
