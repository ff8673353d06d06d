package dev.vethlab.engine.kernel.conntrack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.integers;
import static org.quicktheories.generators.SourceDSL.lists;

import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.kernel.NetworkNamespace;
import dev.vethlab.engine.kernel.TestNetwork;
import dev.vethlab.engine.kernel.netfilter.Rule;
import dev.vethlab.engine.kernel.netfilter.RuleSpec;
import dev.vethlab.engine.kernel.netfilter.Table;
import dev.vethlab.engine.kernel.netfilter.TableName;
import dev.vethlab.engine.packet.Bytes;
import dev.vethlab.engine.packet.IcmpMessage;
import dev.vethlab.engine.packet.Ipv4;
import dev.vethlab.engine.packet.Ipv4Packet;
import dev.vethlab.engine.packet.UdpDatagram;
import dev.vethlab.engine.trace.Stage;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A router masquerades: what leaves bears its address, and what comes back finds who asked. */
class NatTest {
    private static final String SERVER = "198.51.100.80";

    /** Two clients behind a router, a server before it. */
    private static final class Lab {
        final TestNetwork network = new TestNetwork();
        final NetworkNamespace one = network.machine("one");
        final NetworkNamespace two = network.machine("two");
        final NetworkNamespace router = network.machine("router");
        final NetworkNamespace server = network.machine("server");
        final Rule masquerade;

        Lab() {
            network.cable(one, "10.0.1.2/24", router, "10.0.1.1/24");
            network.cable(two, "10.0.2.2/24", router, "10.0.2.1/24");
            network.cable(router, "198.51.100.1/24", server, SERVER + "/24");
            network.route(one, "0.0.0.0/0", "10.0.1.1");
            network.route(two, "0.0.0.0/0", "10.0.2.1");
            network.forward(router);
            try {
                Table nat = router.netfilter().table(TableName.NAT);
                masquerade = nat.append("POSTROUTING", RuleSpec.build().source("10.0.0.0/8").out("eth2").masquerade());
            } catch (KernelException e) {
                throw new AssertionError(e);
            }
        }

        /** Nobody listens there, so that the server answers with an error that quotes what it got. */
        void ask(NetworkNamespace client, int port) {
            network.send(client, SERVER, false, 64, new UdpDatagram(port, 9, Bytes.of("?")));
            network.run(1);
        }

        /** The errors that this machine was given. */
        List<IcmpMessage> errorsAt(String machine) {
            return network.events.stream()
                    .filter(e -> e.place().machine().equals(machine) && e.stage() == Stage.SOCKET && e.payload() instanceof Ipv4Packet ip
                            && ip.transport() instanceof IcmpMessage icmp && icmp.isError())
                    .map(e -> (IcmpMessage) ((Ipv4Packet) e.payload()).transport())
                    .distinct()
                    .toList();
        }
    }

    @Test
    void theRuleIsAskedForTheFirstPacketOnly() {
        var lab = new Lab();
        for (int i = 0; i < 3; i++) {
            lab.network.ping(lab.one, SERVER, 0);
            lab.network.run(1);
        }
        assertThat(lab.masquerade.packets()).isEqualTo(1);
        ConntrackEntry entry = lab.router.conntrack().entries().getFirst();
        assertThat(entry.original().text()).isEqualTo("src=10.0.1.2 dst=198.51.100.80 type=8 code=0 id=9");
        assertThat(entry.reply().text()).isEqualTo("src=198.51.100.80 dst=198.51.100.1 type=0 code=0 id=9");
    }

    @Test
    void anErrorIsTranslatedOutsideAndInside() {
        var lab = new Lab();
        lab.ask(lab.one, 4000);
        IcmpMessage error = lab.errorsAt("one").getFirst();
        Ipv4Packet quoted = ((IcmpMessage.Quote) error.body()).packet();
        assertThat(Ipv4.text(quoted.source())).isEqualTo("10.0.1.2");
        assertThat(((UdpDatagram) quoted.transport()).sourcePort()).isEqualTo(4000);
    }

    @Test
    void twoClientsWithTheSamePortAreToldApart() {
        var lab = new Lab();
        lab.ask(lab.one, 4000);
        lab.ask(lab.two, 4000);
        List<ConntrackEntry> entries = lab.router.conntrack().entries();
        assertThat(entries.getFirst().reply().destinationPort()).isEqualTo(4000);
        assertThat(entries.getLast().reply().destinationPort()).isNotEqualTo(4000).isBetween(1024, 65535);
        assertThat(lab.errorsAt("two")).hasSize(1);
    }

    @Test
    void anEntryEndsWhenItsTimeIsOver() {
        var lab = new Lab();
        lab.ask(lab.one, 4000);
        lab.network.run(28);
        assertThat(lab.router.conntrack().size()).isEqualTo(1);
        lab.network.run(2);
        assertThat(lab.router.conntrack().size()).isZero();
        assertThat(lab.network.kernel.simulation().nextEventTime()).isGreaterThan(lab.network.kernel.now());
    }

    @Test
    void whoeverAskedIsAnsweredWithWhatItAsked() {
        qt().withExamples(20).forAll(lists().of(integers().between(1, 65535)).ofSizeBetween(1, 20)).checkAssert(ports -> {
            var lab = new Lab();
            for (int port : ports) {
                lab.ask(port % 2 == 0 ? lab.one : lab.two, port);
            }
            for (String client : List.of("one", "two")) {
                List<Integer> asked = ports.stream().filter(p -> (p % 2 == 0) == client.equals("one")).distinct().sorted().toList();
                List<Integer> answered = lab.errorsAt(client).stream()
                        .map(e -> ((UdpDatagram) ((IcmpMessage.Quote) e.body()).packet().transport()).sourcePort())
                        .distinct().sorted().toList();
                assertThat(answered).isEqualTo(asked);
            }
            long replies = lab.router.conntrack().entries().stream().map(ConntrackEntry::reply).distinct().count();
            assertThat(replies).isEqualTo(lab.router.conntrack().size());
            assertThat(lab.masquerade.packets()).isEqualTo(ports.stream().distinct().count());
        });
    }
}
