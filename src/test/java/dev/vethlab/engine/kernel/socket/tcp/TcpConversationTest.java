package dev.vethlab.engine.kernel.socket.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vethlab.engine.kernel.Errno;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.kernel.NetworkNamespace;
import dev.vethlab.engine.kernel.TestNetwork;
import dev.vethlab.engine.kernel.device.NetDevice;
import dev.vethlab.engine.kernel.socket.SocketOwner;
import dev.vethlab.engine.packet.Bytes;
import dev.vethlab.engine.packet.Ipv4;
import dev.vethlab.engine.packet.Ipv4Packet;
import dev.vethlab.engine.packet.TcpSegment;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What two machines on a cable say to each other in TCP, segment by segment as {@code alice}'s card sees it. */
class TcpConversationTest {
    private static final SocketOwner PROGRAM = SocketOwner.of("test", 1);
    private static final int PORT = 80;

    private final TestNetwork network = new TestNetwork();
    private final NetworkNamespace alice = network.machine("alice");
    private final NetworkNamespace bob = network.machine("bob");
    private final List<String> said = new ArrayList<>();

    TcpConversationTest() {
        network.cable(alice, "10.0.0.1/24", bob, "10.0.0.2/24");
        card(alice).addTap((device, packet, outgoing) -> {
            if (packet.payload() instanceof Ipv4Packet ip && ip.transport() instanceof TcpSegment segment) {
                said.add((outgoing ? "> " : "< ") + flags(segment) + (segment.data().isEmpty() ? "" : " " + segment.data().text()));
            }
        });
    }

    private static NetDevice card(NetworkNamespace machine) {
        return java.util.Objects.requireNonNull(machine.devices().find("eth0"));
    }

    private static String flags(TcpSegment segment) {
        String letters = "FSRP.";
        var text = new StringBuilder();
        for (int bit : new int[] {1, 0, 2, 3, 4}) {
            text.append(segment.has(1 << bit) ? letters.charAt(bit) : "");
        }
        return text.toString();
    }

    private TcpListener listen() throws KernelException {
        TcpListener listener = bob.sockets().openListener(PROGRAM);
        listener.bind(Ipv4.ANY, PORT);
        listener.listen(5);
        return listener;
    }

    private TcpSocket connect() throws KernelException {
        TcpSocket socket = alice.sockets().openTcp(PROGRAM);
        socket.connect(Ipv4.address("10.0.0.2"), PORT);
        network.run(1);
        return socket;
    }

    private static TcpSocket accept(TcpListener listener) {
        return java.util.Objects.requireNonNull(listener.accept());
    }

    @Test
    void threeSegmentsOpenAConnectionAndAReadyListenerHandsItOut() throws KernelException {
        TcpListener listener = listen();
        TcpSocket client = connect();
        assertThat(said).containsExactly("> S", "< S.", "> .");
        assertThat(client.state()).isEqualTo(TcpState.ESTABLISHED);
        assertThat(accept(listener).remotePort()).isEqualTo(client.localPort());
        assertThat(client.localPort()).isBetween(32768, 60999);
    }

    @Test
    void aSynHasTheOptionsOfLinuxAndSoSixtyBytes() throws KernelException {
        listen();
        List<Integer> lengths = new ArrayList<>();
        card(alice).addTap((device, packet, outgoing) -> {
            if (packet.payload() instanceof Ipv4Packet ip && ip.transport() instanceof TcpSegment) {
                lengths.add(ip.length());
            }
        });
        connect();
        assertThat(lengths).containsExactly(60, 60, 52);
    }

    @Test
    void dataGoesBothWaysAndIsAcknowledged() throws KernelException {
        TcpListener listener = listen();
        TcpSocket client = connect();
        TcpSocket server = accept(listener);
        said.clear();
        client.write(Bytes.of("hello"));
        network.run(1);
        assertThat(server.read(100).text()).isEqualTo("hello");
        server.write(Bytes.of("welcome"));
        network.run(1);
        assertThat(client.read(100).text()).isEqualTo("welcome");
        assertThat(said).containsExactly("> P. hello", "< .", "< P. welcome", "> .");
        assertThat(client.runningTimer()).isNull();
        assertThat(server.runningTimer()).isNull();
    }

    @Test
    void connectionsInTimeWaitUseUpNoSocketsAndEndEarlyIfThereAreTooMany() throws KernelException {
        TcpListener listener = bob.sockets().openListener(PROGRAM);
        listener.bind(Ipv4.ANY, PORT);
        listener.listen(300);
        List<TcpSocket> clients = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            clients.add(alice.sockets().openTcp(PROGRAM));
            clients.getLast().connect(Ipv4.address("10.0.0.2"), PORT);
        }
        network.run(5);
        assertThat(alice.sockets().tcp().size()).isEqualTo(300);
        clients.forEach(client -> {
            client.close();
            accept(listener).close();
        });
        network.run(5);
        assertThat(alice.sockets().tcp().size()).isZero();
        assertThat(alice.sockets().tcp().connections()).hasSize(256).allMatch(client -> client.state() == TcpState.TIME_WAIT);
        network.run(60);
        assertThat(alice.sockets().tcp().connections()).isEmpty();
        assertThat(alice.sockets().tcp().size()).isZero();
    }

    @Test
    void afterAHalfCloseTheOtherSideMayStillSend() throws KernelException {
        TcpListener listener = listen();
        TcpSocket client = connect();
        TcpSocket server = accept(listener);
        client.shutdown();
        network.run(1);
        assertThat(server.atEnd()).isTrue();
        assertThat(server.state()).isEqualTo(TcpState.CLOSE_WAIT);
        assertThat(client.state()).isEqualTo(TcpState.FIN_WAIT_2);
        server.write(Bytes.of("late"));
        network.run(1);
        assertThat(client.read(100).text()).isEqualTo("late");
        server.close();
        network.run(1);
        assertThat(client.state()).isEqualTo(TcpState.TIME_WAIT);
        network.run(60);
        assertThat(client.state()).isEqualTo(TcpState.CLOSED);
        assertThat(bob.sockets().tcp().connections()).isEmpty();
    }

    @Test
    void oneFinIsSentAndNoMore() throws KernelException {
        TcpListener listener = listen();
        TcpSocket client = connect();
        TcpSocket server = accept(listener);
        said.clear();
        client.close();
        network.run(1);
        server.close();
        network.run(1);
        assertThat(said).containsExactly("> F.", "< .", "< F.", "> .");
    }

    @Test
    void whenBothCloseAtOnceBothWait() throws KernelException {
        TcpListener listener = listen();
        TcpSocket client = connect();
        TcpSocket server = accept(listener);
        client.close();
        server.close();
        network.run(1);
        assertThat(client.state()).isEqualTo(TcpState.TIME_WAIT);
        assertThat(server.state()).isEqualTo(TcpState.TIME_WAIT);
    }

    @Test
    void closingWithUnreadDataResets() throws KernelException {
        TcpListener listener = listen();
        TcpSocket client = connect();
        TcpSocket server = accept(listener);
        client.write(Bytes.of("nobody reads this"));
        network.run(1);
        server.close();
        network.run(1);
        assertThat(client.takeError()).isEqualTo(Errno.ECONNRESET);
        assertThat(said.getLast()).isEqualTo("< R.");
    }

    @Test
    void aClosedPortAnswersWithAReset() throws KernelException {
        TcpSocket client = connect();
        assertThat(said).containsExactly("> S", "< R.");
        assertThat(client.takeError()).isEqualTo(Errno.ECONNREFUSED);
        assertThat(client.isConnected()).isFalse();
    }

    @Test
    void aSynWithoutAnswerIsRepeatedEachSecondAtFirst() throws KernelException {
        listen();
        connect();
        said.clear();
        swallowAtBob();
        TcpSocket second = alice.sockets().openTcp(PROGRAM);
        second.connect(Ipv4.address("10.0.0.2"), PORT);
        network.run(6);
        assertThat(said).hasSize(6).allMatch(line -> line.equals("> S"));
        assertThat(second.state()).isEqualTo(TcpState.SYN_SENT);
    }

    @Test
    void lostDataIsSentAgainUntilItGetsThrough() throws KernelException {
        TcpListener listener = listen();
        TcpSocket client = connect();
        TcpSocket server = accept(listener);
        said.clear();
        swallowAtBob();
        client.write(Bytes.of("hello"));
        network.run(2);
        assertThat(said).hasSizeGreaterThan(2).allMatch(line -> line.equals("> P. hello"));
        network.address(card(bob), "10.0.0.2/24");
        network.run(5);
        assertThat(server.read(100).text()).isEqualTo("hello");
        assertThat(client.sendQueue()).isZero();
    }

    /** Bob loses his address: segments for it still reach his card, and end there. */
    private void swallowAtBob() {
        bob.devices().addresses().delete(card(bob), card(bob).addresses().getFirst());
    }

    @Test
    void aFullReceiverStopsTheSenderUntilItReads() throws KernelException {
        TcpListener listener = listen();
        TcpSocket client = connect();
        TcpSocket server = accept(listener);
        int sent = client.write(Bytes.of(new byte[200_000]));
        network.run(5);
        assertThat(sent).isEqualTo(200_000);
        // a window is rounded up to what its scale of 10 can say (__tcp_select_window): the last of it overshoots by less than that
        assertThat(server.receiveQueue()).isLessThan(65_536 + (1 << 10));
        int read = 0;
        for (int i = 0; i < 20 && read < sent; i++) {
            read += server.read(65_536).length();
            network.run(5);
        }
        assertThat(read).isEqualTo(sent);
    }

    @Test
    void twoProgramsCannotListenOnOnePort() throws KernelException {
        listen();
        TcpListener second = bob.sockets().openListener(PROGRAM);
        assertThatThrownBy(() -> second.bind(Ipv4.address("10.0.0.2"),
                PORT)).isInstanceOf(KernelException.class).hasMessage("Address already in use");
        TcpListener third = bob.sockets().openListener(PROGRAM);
        assertThatThrownBy(() -> third.bind(Ipv4.address("10.9.9.9"), 81)).hasMessage("Cannot assign requested address");
    }

    @Test
    void aFullBacklogDropsFurtherSyns() throws KernelException {
        TcpListener listener = listen();
        List<TcpSocket> clients = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            clients.add(connect());
        }
        assertThat(listener.waiting()).isEqualTo(6);
        assertThat(clients.getLast().state()).isEqualTo(TcpState.SYN_SENT);
    }
}
