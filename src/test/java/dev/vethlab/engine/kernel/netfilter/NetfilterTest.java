package dev.vethlab.engine.kernel.netfilter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vethlab.engine.kernel.Errno;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.kernel.NetworkNamespace;
import dev.vethlab.engine.kernel.TestNetwork;
import dev.vethlab.engine.kernel.netfilter.target.JumpTarget;
import dev.vethlab.engine.packet.IpProtocol;
import dev.vethlab.engine.trace.Decision;
import dev.vethlab.engine.trace.Outcome;
import dev.vethlab.engine.trace.Stage;
import dev.vethlab.engine.trace.TraceEvent;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rules are walked as nf_tables walks them, and the walk says what it met. */
class NetfilterTest {
    private final TestNetwork network = new TestNetwork();
    private final NetworkNamespace client = network.machine("client");
    private final NetworkNamespace host = network.machine("host");
    private final Table filter = host.netfilter().table(TableName.FILTER);

    NetfilterTest() {
        network.cable(client, "10.0.0.1/24", host, "10.0.0.2/24");
    }

    private TraceEvent ping(Stage stage) {
        long packet = network.ping(client, "10.0.0.2", 0);
        network.run(1);
        return network.events.stream().filter(e -> e.packet() == packet && e.stage() == stage).findFirst().orElseThrow();
    }

    private static List<String> tried(TraceEvent event) {
        return ((Decision.RuleWalk) event.decision()).tried().stream()
                .map(t -> t.chain() + " " + t.number() + (t.failed() == null ? " matched" : " " + t.failed().text()))
                .toList();
    }

    @Test
    void aTableThatNobodyUsesIsNotAsked() {
        long packet = network.ping(client, "10.0.0.2", 0);
        network.run(1);
        assertThat(network.journey(packet)).noneMatch(line -> line.contains("FILTER"));
    }

    @Test
    void theWalkNamesEveryRuleTriedAndWhyItDidNotMatch() throws KernelException {
        filter.append("INPUT", RuleSpec.build().in("docker0").accept());
        filter.append("INPUT", RuleSpec.build().destinationPort(IpProtocol.TCP, 22).accept());
        filter.append("INPUT", RuleSpec.build().notSource("10.0.0.0/8").drop());
        filter.append("INPUT", RuleSpec.build().source("10.0.0.1").drop());
        TraceEvent event = ping(Stage.FILTER_INPUT);
        assertThat(tried(event)).containsExactly(
                "INPUT 1 -i: wanted docker0, was eth0",
                "INPUT 2 -p: wanted tcp, was icmp",
                "INPUT 3 -s: wanted other than 10.0.0.0/8, was 10.0.0.1",
                "INPUT 4 matched");
        assertThat(event.decision().text()).isEqualTo("-A INPUT -s 10.0.0.1/32 -j DROP");
        assertThat(((Outcome.Dropped) event.outcome()).remedy().text())
                .isEqualTo("a rule before “-A INPUT -s 10.0.0.1/32 -j DROP” in table filter that accepts it");
    }

    @Test
    void countersCountWhatTheTraceShows() throws KernelException {
        Rule rule = filter.append("INPUT", RuleSpec.build().protocol(IpProtocol.ICMP).count());
        for (int i = 0; i < 3; i++) {
            ping(Stage.FILTER_INPUT);
        }
        assertThat(rule.packets()).isEqualTo(3);
        assertThat(rule.bytes()).isEqualTo(3 * 28);
        assertThat(filter.base(Hook.INPUT).packets()).isEqualTo(3);
    }

    @Test
    void returnGoesBackToTheJumpAndGotoSkipsIt() throws KernelException {
        filter.createChain("one");
        filter.createChain("two");
        filter.append("INPUT", RuleSpec.build().jump("one"));
        filter.append("INPUT", RuleSpec.build().count());
        filter.append("one", RuleSpec.build().target(new JumpTarget("two", true)));
        filter.append("one", RuleSpec.build().drop());
        filter.append("two", RuleSpec.build().returns());
        filter.append("two", RuleSpec.build().drop());
        TraceEvent event = ping(Stage.FILTER_INPUT);
        assertThat(tried(event)).containsExactly("INPUT 1 matched", "one 1 matched", "two 1 matched", "INPUT 2 matched");
        assertThat(event.decision().text()).isEqualTo("-P INPUT ACCEPT");
    }

    @Test
    void thePolicyDecidesAtTheEnd() throws KernelException {
        filter.setPolicy(Hook.INPUT, Verdict.DROP);
        TraceEvent event = ping(Stage.FILTER_INPUT);
        assertThat(event.outcome()).isInstanceOf(Outcome.Dropped.class);
        assertThat(event.decision().text()).isEqualTo("-P INPUT DROP");
    }

    @Test
    void onTheWayOutThereIsNoDeviceThatAPacketCameInBy() throws KernelException {
        Table own = client.netfilter().table(TableName.FILTER);
        Rule in = own.append("OUTPUT", RuleSpec.build().in("eth0").drop());
        Rule notIn = own.append("OUTPUT", RuleSpec.build().notIn("eth0").count());
        ping(Stage.FILTER_OUTPUT);
        assertThat(in.packets()).isZero();
        assertThat(notIn.packets()).isEqualTo(1);
    }

    @Test
    void jumpsThatGoRoundAreRefusedOnceAPacketCouldTakeThem() throws KernelException {
        filter.createChain("a");
        filter.createChain("b");
        filter.append("a", RuleSpec.build().jump("b"));
        filter.append("b", RuleSpec.build().jump("a"));
        assertThatThrownBy(() -> filter.append("INPUT", RuleSpec.build().jump("a")))
                .isInstanceOfSatisfying(KernelException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EMLINK));
        assertThat(filter.chain("INPUT")).as("the chain that the rule would have been the first in is not made either").isNull();
    }

    @Test
    void aTargetOutsideItsTableOrHookIsRefused() {
        assertThatThrownBy(() -> filter.append("INPUT", RuleSpec.build().dnat(1, 0)))
                .isInstanceOfSatisfying(KernelException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EINVAL));
        Table nat = host.netfilter().table(TableName.NAT);
        assertThatThrownBy(() -> nat.append("PREROUTING", RuleSpec.build().masquerade()))
                .isInstanceOfSatisfying(KernelException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EINVAL));
    }

    @Test
    void aTableComesBackAsItWasSaved() throws KernelException {
        filter.createChain("web");
        filter.append("INPUT", RuleSpec.build().jump("web"));
        filter.setPolicy(Hook.FORWARD, Verdict.DROP);
        Table.Saved saved = filter.save();
        filter.clear();
        assertThat(filter.chains()).isEmpty();
        filter.restore(saved);
        assertThat(filter.chain("web").references()).isEqualTo(1);
        assertThat(filter.base(Hook.FORWARD).policy()).isEqualTo(Verdict.DROP);
    }
}
