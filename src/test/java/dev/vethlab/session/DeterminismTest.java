package dev.vethlab.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vethlab.engine.trace.TraceEvent;
import dev.vethlab.engine.trace.TracedStage;
import dev.vethlab.engine.world.Topology;
import dev.vethlab.engine.world.WorldKind;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The same seed and inputs give the same traces, ids and output, whatever the pace and whoever else is there. */
class DeterminismTest {
    private static final List<String[]> INPUTS = List.of(
            new String[] {"host", "docker run -d --name web -p 5001:5001 my-app"},
            new String[] {"host", "iptables -t nat -S; ip addr; docker ps"},
            new String[] {"client", "curl -s http://192.168.1.10:5001/"},
            new String[] {"client", "ping -c 2 -i 0.2 198.51.100.80 & curl -s http://198.51.100.80/; wait"},
            new String[] {"client", "sleep 0.3 & for i in 1 2 3; do sleep 0.1; echo $i; done; yes | head -c 9000 | wc -c"},
            new String[] {"client", "timeout 2 ping -f 192.168.1.10 | tail -1; timeout 0.2 sh -c 'while :; do :; done'; echo $?"},
            new String[] {"host", "echo $RANDOM $$; ip neigh; iptables -nvL; cat /proc/sys/kernel/random/uuid"});

    private final SessionStore store = new InMemorySessionStore();
    private final Sessions sessions = new Sessions(store, SessionLimits.DEFAULT, SessionObserver.NONE);
    private final Links links = new Links(sessions, store, SessionLimits.DEFAULT, Duration.ofDays(1), Clock.systemUTC());

    /** All that can be told of a session from outside. */
    private record Story(List<ExecuteResult> answers, List<String> trace, List<Object> structure) {}

    @AfterEach
    void close() {
        sessions.close();
    }

    @Test
    void twiceTheSame() {
        assertThat(play(fresh(1))).isEqualTo(play(fresh(1)));
    }

    @Test
    void anotherSeedGivesOtherNumbers() {
        assertThat(play(fresh(1)).answers()).isNotEqualTo(play(fresh(2)).answers());
    }

    @Test
    void neitherPaceNorOtherSessionsChangeAnything() {
        Story expected = play(fresh(1));

        var neighbours = new ArrayList<CompletableFuture<ExecuteResult>>();
        for (int seed = 10; seed < 14; seed++) {
            neighbours.add(fresh(seed).execute("client", "ping -c 200 -i 0.01 192.168.1.10"));
        }
        Session stepped = fresh(1);
        stepped.setPace(Pace.STEP);
        Thread stepper = Thread.ofVirtual().start(() -> {
            while (!Thread.currentThread().isInterrupted()) {
                stepped.step(false);
                Thread.yield();
            }
        });
        Story actual = play(stepped);
        stepper.interrupt();
        neighbours.forEach(CompletableFuture::join);

        assertThat(actual).isEqualTo(expected);
    }

    @Test
    void aReplayedLogGivesTheSameTrace() {
        Session original = fresh(1);
        Story expected = play(original);
        Link share = links.create(original, Link.Kind.MOMENT, null);
        Session replayed = links.open(share.id()).orElseThrow();
        assertThat(replayed.log()).startsWith(original.log().toArray(LoggedInput[]::new));
        assertThat(trace(replayed)).isEqualTo(expected.trace());
        assertThat(structure(replayed)).isEqualTo(expected.structure());
    }

    @Test
    void aCommandThatWasCutOffIsCutOffThereAgain() {
        var impatient = new SessionLimits(
                100, 50, 500, 2, 2, 20_000, 1 << 20, 10_000, 2000, Duration.ofSeconds(2), SessionLimits.DEFAULT.world());
        try (var own = new Sessions(store, impatient, SessionObserver.NONE)) {
            Session session = own.create(new Recipe(WorldKind.NET, 1, ""));
            for (String line : List.of("sleep 5; echo never", "trap '' INT; while :; do ping -c 1 192.168.1.20; done", "ping -f 192.168.1.20")) {
                assertThat(session.execute("host", line).join().exitCode()).isEqualTo(124);
            }
            session.execute("host", "ip neigh; echo $$").join();
            List<String> expected = trace(session);
            List<LoggedInput> log = session.log();
            own.restIdle(-1);
            Session again = own.find(session.id());
            again.awaitReady();
            assertThat(trace(again)).isEqualTo(expected);
            assertThat(again.log()).startsWith(log.toArray(LoggedInput[]::new));
            assertThat(again.execute("host", "echo after").join().output()).isEqualTo("after\n");
        }
    }

    @Test
    void whatCameInWhileProgramsRanComesInThereAgain() {
        Session session = fresh(1);
        CompletableFuture<ExecuteResult> slow = session.execute("client", "for i in 1 2 3; do sleep 1; ping -c 1 192.168.1.10; done; x=client");
        session.execute("host", "while :; do sleep 0.3; echo $SECONDS >> log; done & x=$(sleep 0.2; echo host); ls nowhere | cat").join();
        session.execute("host", "ping -c 2 192.168.1.20; kill $!; x=$x$x").join();
        slow.join();
        String last = "echo $x; cat log; ip neigh; echo $$";
        List<ExecuteResult> expected = List.of(session.execute("host", last).join(), session.execute("client", last).join());
        List<String> trace = trace(session);
        List<LoggedInput> log = session.log();

        sessions.restIdle(-1);
        Session again = sessions.find(session.id());
        again.awaitReady();
        assertThat(again.log()).startsWith(log.toArray(LoggedInput[]::new));
        assertThat(trace(again)).isEqualTo(trace);
        assertThat(List.of(again.execute("host", last).join().output(), again.execute("client", last).join().output()))
                .isEqualTo(expected.stream().map(ExecuteResult::output).toList());
    }

    private Session fresh(long seed) {
        return sessions.create(new Recipe(WorldKind.LAB, seed, ""));
    }

    private static Story play(Session session) {
        List<ExecuteResult> answers = INPUTS.stream().map(input -> session.execute(input[0], input[1]).join()).toList();
        return new Story(answers, trace(session), structure(session));
    }

    private static List<Object> structure(Session session) {
        Topology topology = session.structure().topology();
        return List.of(topology.machines(), topology.switches(), topology.cables(), topology.containers(), topology.networks());
    }

    private static List<String> trace(Session session) {
        return session.journeys().all().stream().map(TracedStage::event).map(DeterminismTest::text).toList();
    }

    private static String text(TraceEvent event) {
        return Stream.of(
                        event.sequence(),
                        event.time(),
                        event.packet(),
                        event.place(),
                        event.stage(),
                        event.frame(),
                        event.payload(),
                        event.decision().text(),
                        event.outcome().getClass().getSimpleName())
                .map(String::valueOf)
                .collect(Collectors.joining(" "));
    }
}
