package dev.vethlab.engine.kernel.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vethlab.engine.kernel.Errno;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.kernel.NetworkNamespace;
import dev.vethlab.engine.kernel.TestNetwork;
import dev.vethlab.engine.packet.Bytes;
import dev.vethlab.engine.packet.IcmpMessage;
import dev.vethlab.engine.packet.IpProtocol;
import dev.vethlab.engine.packet.Ipv4;
import org.junit.jupiter.api.Test;

/** UDP and raw sockets: who gets what, and who hears of an error. */
class DatagramTest {
    private static final SocketOwner PROGRAM = SocketOwner.of("test", 1);
    private static final int BOB = Ipv4.address("10.0.0.2");

    private final TestNetwork network = new TestNetwork();
    private final NetworkNamespace alice = network.machine("alice");
    private final NetworkNamespace bob = network.machine("bob");

    DatagramTest() {
        network.cable(alice, "10.0.0.1/24", bob, "10.0.0.2/24");
    }

    @Test
    void theMostSpecificSocketGetsTheDatagram() throws KernelException {
        UdpSocket any = bob.sockets().openUdp(PROGRAM);
        any.setReuseAddress(true);
        any.bind(Ipv4.ANY, 53);
        UdpSocket exact = bob.sockets().openUdp(PROGRAM);
        exact.setReuseAddress(true);
        exact.bind(BOB, 53);
        UdpSocket client = alice.sockets().openUdp(PROGRAM);
        assertThat(client.sendTo(BOB, 53, Bytes.of("hello"))).isNull();
        network.run(1);
        assertThat(any.canRead()).isFalse();
        assertThat(java.util.Objects.requireNonNull(exact.receive()).data().text()).isEqualTo("hello");
    }

    @Test
    void onlyAConnectedSocketHearsThatNobodyListens() throws KernelException {
        UdpSocket connected = alice.sockets().openUdp(PROGRAM);
        connected.connect(BOB, 999);
        UdpSocket other = alice.sockets().openUdp(PROGRAM);
        connected.send(Bytes.of("x"));
        other.sendTo(BOB, 999, Bytes.of("x"));
        network.run(1);
        assertThat(connected.send(Bytes.of("again"))).isEqualTo(Errno.ECONNREFUSED);
        assertThat(other.takeError()).isNull();
    }

    @Test
    void aPortIsHeldUntilItsSocketCloses() throws KernelException {
        UdpSocket first = bob.sockets().openUdp(PROGRAM);
        first.bind(Ipv4.ANY, 53);
        UdpSocket second = bob.sockets().openUdp(PROGRAM);
        assertThatThrownBy(() -> second.bind(BOB, 53)).hasMessage("Address already in use");
        first.close();
        second.bind(BOB, 53);
        assertThat(second.localPort()).isEqualTo(53);
    }

    @Test
    void aRawSocketSeesTheEchoReply() throws KernelException {
        RawSocket ping = alice.sockets().openRaw(PROGRAM, IpProtocol.ICMP);
        assertThat(ping.sendTo(BOB, IcmpMessage.echo(IcmpMessage.ECHO_REQUEST, 7, 1, Bytes.of("data")))).isNull();
        network.run(1);
        IcmpMessage reply = (IcmpMessage) java.util.Objects.requireNonNull(ping.receive()).packet().transport();
        assertThat(reply.type()).isEqualTo(IcmpMessage.ECHO_REPLY);
        assertThat(reply.identifier()).isEqualTo(7);
    }

    @Test
    void withDontFragmentAPacketThatIsTooLongIsRefused() throws KernelException {
        RawSocket ping = alice.sockets().openRaw(PROGRAM, IpProtocol.ICMP);
        ping.setFragmentPolicy(RawSocket.FragmentPolicy.DO);
        Errno error = ping.sendTo(BOB, IcmpMessage.echo(IcmpMessage.ECHO_REQUEST, 7, 1, Bytes.of(new byte[1473])));
        assertThat(error).isEqualTo(Errno.EMSGSIZE);
        assertThat(ping.errorMtu()).isEqualTo(1500);
    }

    @Test
    void whereNoRouteLeadsNothingIsSent() throws KernelException {
        UdpSocket socket = alice.sockets().openUdp(PROGRAM);
        assertThat(socket.sendTo(Ipv4.address("203.0.113.1"), 1, Bytes.of("x"))).isEqualTo(Errno.ENETUNREACH);
    }
}
