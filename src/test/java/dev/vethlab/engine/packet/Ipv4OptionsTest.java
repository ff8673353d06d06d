package dev.vethlab.engine.packet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What the machines on a packet's way write into its header (RFC 791 §3.1). */
class Ipv4OptionsTest {
    private static final int TEN = 0x0A000001;
    private static final Ipv4Options.Station HERE = new Ipv4Options.Station(TEN, TEN + 1, 77, address -> address == TEN);

    @Test
    void aRouteTakesNineAddressesAndNoMore() {
        Ipv4Options options = Ipv4Options.recordRoute();
        for (int i = 0; i < 12; i++) {
            options = options.visited(HERE, true);
        }
        assertThat(options.bytes().get(3)).as("the pointer stands behind the last").isEqualTo(40);
        assertThat(options.bytes().slice(36)).isEqualTo(Bytes.of(new byte[] {10, 0, 0, 1}));
    }

    @Test
    void timesThatFindNoRoomAreCountedByWhoReceives() {
        Ipv4Options full = Ipv4Options.timestamp(Ipv4Options.TIMES_AND_ADDRESSES);
        for (int i = 0; i < 4; i++) {
            full = full.visited(HERE, false);
        }
        assertThat(full.visited(HERE, false)).isEqualTo(full);
        assertThat(full.visited(HERE, true).visited(HERE, true).bytes().get(3)).isEqualTo(2 << 4 | Ipv4Options.TIMES_AND_ADDRESSES);
    }

    @Test
    void onlyTheNextMachineNamedWritesItsTime() {
        Ipv4Options named = Ipv4Options.timestamp(Ipv4Options.PRESPECIFIED, TEN, TEN + 9);
        Ipv4Options once = named.visited(HERE, true);
        assertThat(once.bytes().get(11)).isEqualTo(77);
        assertThat(once.visited(HERE, true)).as("the second is another").isEqualTo(once);
    }

    @Test
    void anAnswerGoesOnWriting() {
        Ipv4Options echoed = Ipv4Options.recordRoute().visited(HERE, true).echoed();
        assertThat(echoed.length()).isEqualTo(40);
        assertThat(echoed.bytes().get(0)).as("the alignment is gone").isEqualTo(Ipv4Options.RECORD_ROUTE);
        assertThat(echoed.visited(HERE, false).bytes().slice(7, 11)).isEqualTo(Bytes.of(new byte[] {10, 0, 0, 1}));
    }

    @Test
    void laterFragmentsHaveTheRoomOnly() {
        assertThat(Ipv4Options.recordRoute().ofLaterFragment().bytes().toArray()).containsOnly(Ipv4Options.NO_OPERATION);
    }

    @Test
    void goOverTheWire() {
        var icmp = IcmpMessage.echo(IcmpMessage.ECHO_REQUEST, 1, 2, Bytes.of("abc"));
        Ipv4Packet packet = Ipv4Packet.of(TEN, TEN + 1, 5, true, icmp).withOptions(Ipv4Options.recordRoute());
        var frame = new EthernetFrame(1, 2, null, packet);
        assertThat(WireParser.frame(Bytes.of(WireFormat.encode(frame)))).isEqualTo(frame);
        assertThat(packet.length()).isEqualTo(20 + 40 + 8 + 3);
    }
}
