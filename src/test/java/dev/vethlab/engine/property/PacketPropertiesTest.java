package dev.vethlab.engine.property;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.longs;

import dev.vethlab.engine.differential.Scenario;
import dev.vethlab.engine.differential.ScenarioGenerator;
import dev.vethlab.engine.packet.Ipv4Packet;
import dev.vethlab.engine.trace.Decision;
import dev.vethlab.engine.trace.TraceEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Over random networks, rules and traffic; QuickTheories prints the seed of what fails. */
class PacketPropertiesTest {
    private static final int NETWORKS = 40;
    /** Longer than the longest time-out: {@code nf_conntrack_tcp_timeout_established}. */
    private static final int FIVE_DAYS_AND_A_BIT = 432_100;

    private static void forAnyNetwork(Consumer<Scenario> holds) {
        qt().withExamples(NETWORKS).withShrinkCycles(0).forAll(longs().between(1, 1L << 40))
                .checkAssert(seed -> holds.accept(ScenarioGenerator.generate(seed)));
    }

    @Test
    void noPacketIsLostWithoutAReason() {
        forAnyNetwork(network -> assertThat(Invariants.lost(Run.of(network))).isEmpty());
    }

    @Test
    void anAnswerComesFromWhomWasAsked() {
        forAnyNetwork(network -> assertThat(Invariants.misdirected(Run.of(network))).isEmpty());
    }

    @Test
    void countersEqualTheTrace() {
        forAnyNetwork(network -> assertThat(Invariants.miscounted(Run.of(network))).isEmpty());
    }

    @Test
    void connectionsEndAndAreForgotten() {
        forAnyNetwork(network -> {
            List<String> flush = IntStream.rangeClosed(1, 4).boxed().flatMap(i -> Stream.of("raw", "mangle", "nat", "filter")
                    .map(table -> "ip netns exec n" + i + " sh -c 'iptables -t " + table + " -F; iptables -t " + table + " -X'")).toList();
            assertThat(Invariants.leaked(Run.of(network, flush, FIVE_DAYS_AND_A_BIT))).isEmpty();
        });
    }

    @Test
    void aReplayIsIdentical() {
        forAnyNetwork(network -> assertThat(Invariants.history(Run.of(network))).isEqualTo(Invariants.history(Run.of(network))));
    }

    // ---- each can fail ----

    private static final Run RUN = Run.of(ScenarioGenerator.generate(7));

    private static Run with(UnaryOperator<List<TraceEvent>> change) {
        return new Run(RUN.packets(), change.apply(new ArrayList<>(RUN.events())), RUN.namespaces(), RUN.answers());
    }

    @Test
    void aPacketWithoutAnEndIsFound() {
        long packet = RUN.packets().getLast().packet();
        TraceEvent end = RUN.eventsOf(packet).getLast();
        assertThat(Invariants.lost(with(events -> {
            events.remove(end);
            return events;
        }))).singleElement().asString().contains("packet " + packet + " ");
    }

    @Test
    void anAnswerThatIsNotTurnedBackIsFound() {
        assertThat(Invariants.misdirected(with(events -> {
            events.replaceAll(event -> event.payload() instanceof Ipv4Packet ip
                    ? new TraceEvent(event.sequence(), event.time(), event.packet(), event.place(), event.stage(), event.frame(),
                            ip.withSource(1, ip.transport()), event.before(), event.decision(), event.outcome())
                    : event);
            return events;
        }))).isNotEmpty();
    }

    @Test
    void aWalkThatWasNotCountedIsFound() {
        TraceEvent walk = RUN.events().stream().filter(event -> event.decision() instanceof Decision.RuleWalk).findFirst().orElseThrow();
        assertThat(Invariants.miscounted(with(events -> {
            events.add(walk);
            return events;
        }))).isNotEmpty();
    }

    @Test
    void aConnectionThatStaysIsFound() {
        Scenario tracked = new Scenario(0, List.of("ip netns add n1", "ip -n n1 link set lo up",
                "ip netns exec n1 iptables -A INPUT -m conntrack --ctstate NEW"), List.of("ip netns exec n1 ping -c 1 127.0.0.1"), List.of());
        assertThat(Invariants.leaked(Run.of(tracked))).containsExactly("n1 still wants connections to be tracked");
        List<String> entry = List.of("ip netns exec n1 conntrack -I -p udp -s 1.1.1.1 -d 1.1.1.2 --sport 1 --dport 2 -t 1000");
        assertThat(Invariants.leaked(Run.of(tracked, entry, 0))).anyMatch(leak -> leak.contains("still tracks src=1.1.1.1"));
    }

    @Test
    void anotherHistoryIsAnother() {
        assertThat(Invariants.history(with(events -> events.subList(1, events.size())))).isNotEqualTo(Invariants.history(RUN));
    }
}
