package dev.vethlab.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vethlab.engine.kernel.WorldLimits;
import dev.vethlab.engine.process.Signal;
import dev.vethlab.engine.world.WorldKind;
import dev.vethlab.session.SessionStream.Numbered;
import dev.vethlab.session.SessionStream.Read;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SessionTest {
    private final SessionStore store = new InMemorySessionStore();
    private final Sessions sessions = new Sessions(store, SessionLimits.DEFAULT, SessionObserver.NONE);
    private final Session session = sessions.create(new Recipe(WorldKind.NET, 7, ""));

    @AfterEach
    void close() {
        sessions.close();
    }

    @Test
    void aCommandAnswersWithWhatATerminalWouldShow() {
        assertThat(run("echo out; echo err >&2; (exit 3)")).isEqualTo(new ExecuteResult("out\nerr\n", 3));
    }

    @Test
    void commandsOfOneNodeWaitForEachOther() {
        var first = session.execute("client", "ping -c 3 192.168.1.10 >/dev/null; echo first");
        var second = session.execute("client", "echo second");
        assertThat(second.join().output()).isEqualTo("second\n");
        assertThat(first.join().output()).isEqualTo("first\n");
    }

    @Test
    void aShellThatExitsIsFollowedByAFreshOne() {
        assertThat(run("x=1; exit 4").exitCode()).isEqualTo(4);
        assertThat(run("echo [$x]").output()).isEqualTo("[]\n");
    }

    @Test
    void anUnknownNodeIsAnError() {
        assertThatThrownBy(() -> session.execute("moon", "true").join())
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(UnknownNodeException.class);
    }

    @Test
    void timeDoesNotLeapWhenACommandHasEndedAndSomebodyLooks() {
        Session lab = sessions.create(new Recipe(WorldKind.LAB, 1, ""));
        lab.addViewer();
        lab.execute("host", "docker run -d --name ann nicolaka/netshoot sleep 1000000000").join();
        lab.execute("host", "docker exec ann ping -c 1 172.17.0.1").join();
        assertThat(lab.execute("host", "docker ps --format '{{.Names}}'").join().output()).isEqualTo("ann\n");
        assertThat(Duration.ofNanos(lab.clock().time())).isLessThan(Duration.ofMinutes(1));
    }

    @Test
    void aTerminalEchoesShowsAndPrompts() throws InterruptedException {
        var viewer = new Viewer();
        submit(new Input.Open("t", "host", 80, 24));
        submit(new Input.Line("t", "echo hello", "tag-1"));
        List<Update> seen = viewer.until(update -> update instanceof Update.Output);
        seen.addAll(viewer.until(update -> update instanceof Update.Prompt));
        assertThat(seen)
                .filteredOn(update -> !(update instanceof Update.Structure || update instanceof Update.Clock))
                .containsExactly(
                        new Update.Opened("t", "host"),
                        new Update.Prompt("t", "root@host:~# ", null),
                        new Update.Echo("t", "root@host:~# ", "echo hello", "tag-1"),
                        new Update.Output("t", "hello\r\n"),
                        new Update.Prompt("t", "root@host:~# ", null));
        viewer.leave();
    }

    /** As recorded with {@code stty cols}. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "45 | 'LISTEN  0       1              0.0.0.0:5050                     0.0.0.0:*                 '",
        "57 | 'LISTEN 0      1            0.0.0.0:5050      0.0.0.0:*   '",
        "60 | 'LISTEN 0      1            0.0.0.0:5050        0.0.0.0:*    '",
    })
    void ssFillsTheTerminalThatItPrintsTo(int columns, String listener) throws InterruptedException {
        var viewer = new Viewer();
        submit(new Input.Open("t", "host", 80, 24));
        submit(new Input.Resize("t", columns, 24));
        submit(new Input.Line("t", "nc -lk -p 5050 > /dev/null & sleep 0.1; ss -ltn sport = :5050", ""));
        List<Update> seen = viewer.until(update -> update instanceof Update.Output output && output.data().contains("LISTEN"));
        assertThat(((Update.Output) seen.getLast()).data()).contains(listener + "\r\n");
        viewer.leave();
    }

    @Test
    void lsFillsTheTerminalThatItPrintsTo() throws InterruptedException {
        var viewer = new Viewer();
        submit(new Input.Open("t", "host", 45, 24));
        submit(new Input.Line("t", "mkdir w; cd w; touch resolv.conf hosts hostname passwd group services protocols networks; ls", ""));
        List<Update> seen = viewer.until(update -> update instanceof Update.Output);
        assertThat(((Update.Output) seen.getLast()).data().replaceAll(" +", " "))
                .isEqualTo("group hosts passwd resolv.conf\r\nhostname networks protocols services\r\n");
        viewer.leave();
    }

    @Test
    void anOpenQuoteAsksForTheRest() throws InterruptedException {
        var viewer = new Viewer();
        submit(new Input.Open("t", "host", 80, 24));
        submit(new Input.Line("t", "echo 'a", ""));
        submit(new Input.Line("t", "b'", ""));
        List<Update> seen = viewer.until(update -> update instanceof Update.Output);
        assertThat(seen).contains(new Update.Prompt("t", "> ", null), new Update.Output("t", "a\r\nb\r\n"));
        viewer.leave();
    }

    @Test
    void controlCEndsWhatRuns() throws InterruptedException {
        var viewer = new Viewer();
        submit(new Input.Open("t", "client", 80, 24));
        submit(new Input.Line("t", "ping 192.168.1.10", ""));
        viewer.until(update -> update instanceof Update.Output output && output.data().contains("icmp_seq=1"));
        submit(new Input.Interrupt("t", Signal.INT));
        viewer.until(update -> update instanceof Update.Prompt);
        assertThat(session.terminals()).containsExactly(new TerminalState("t", "client", "root@client:~# "));
        viewer.leave();
    }

    @Test
    void theWorldCanBeReadWhileItStandsBetweenTwoStages() throws InterruptedException {
        var viewer = new Viewer();
        session.setPace(Pace.STEP);
        submit(new Input.Open("t", "client", 80, 24));
        session.submit(new Input.Line("t", "ping -c 1 192.168.1.10", ""));
        viewer.until(update -> update instanceof Update.Clock clock && clock.clock().held());
        List<Integer> neighbours = new ArrayList<>();
        while (!neighbours.contains(1)) {
            neighbours.add(session.look(world -> world.node("client").machine().root().neighbours().entries().size()).join());
            session.step(false);
        }
        assertThat(neighbours).startsWith(0).isSorted();
        viewer.leave();
    }

    @Test
    void whatIsNotThereIsRefusedAndNotLogged() {
        assertThat(session.submit(new Input.Line("nowhere", "true", "")).join()).map(Refusal::code).contains("unknown-terminal");
        assertThat(session.submit(new Input.Open("t", "moon", 80, 24)).join()).map(Refusal::code).contains("unknown-node");
        assertThat(session.log()).isEmpty();
    }

    @Test
    void ofWhatALogReplaysTheCommandsAreCounted() {
        var script = new Input.Script(List.of(new Input.Script.Step("t", "host", "true"), new Input.Script.Step("t", "host", "date")));
        assertThat(List.of(new Input.Open("t", "host", 80, 24), new Input.Line("t", "true", ""), new Input.Keys("t", "x"),
                        new Input.Execute("host", "true"), script, new Input.Moment()))
                .extracting(Input::commands)
                .containsExactly(0, 1, 0, 1, 2, 0);
    }

    @Test
    void aRestingSessionComesBackAsItWas() {
        run("x=kept; ip link add d0 type dummy");
        Update.Structure before = session.structure();
        sessions.restIdle(-1);
        assertThat(sessions.running()).isZero();
        Session back = sessions.find(session.id());
        assertThat(back.execute("host", "echo $x").join().output()).isEqualTo("kept\n");
        assertThat(back.structure().topology().machines()).isEqualTo(before.topology().machines());
        assertThat(back.owner()).isEqualTo(session.owner());
    }

    @Test
    void aDeletedSessionIsGone() {
        sessions.delete(session.id());
        assertThatThrownBy(() -> sessions.find(session.id())).isInstanceOf(SessionGoneException.class);
        assertThatThrownBy(() -> session.execute("host", "true").join()).hasCauseInstanceOf(SessionGoneException.class);
    }

    @Test
    void aLimitIsAnOrdinaryError() {
        SessionLimits tight = new SessionLimits(1, 1, 1, 1, 1, 10, 1000, 10, 1_000_000, Duration.ofMinutes(1), WorldLimits.DEFAULT);
        var few = new Sessions(new InMemorySessionStore(), tight, SessionObserver.NONE);
        Session one = few.create(new Recipe(WorldKind.BARE, 1, ""));
        assertThat(one.execute("host", "echo 0123456789abc").join().output())
                .isEqualTo("0123456789\nvethlab: output beyond 10 bytes is left out\n");
        assertThatThrownBy(() -> one.execute("host", "true").join()).hasCauseInstanceOf(LimitReachedException.class);
        assertThatThrownBy(() -> few.create(one.recipe())).isInstanceOf(LimitReachedException.class);
        few.close();
    }

    @Test
    void aCommandThatNeverEndsIsStopped() {
        assertThat(run("while :; do :; done").exitCode()).isEqualTo(124);
        assertThat(run("echo again").output()).isEqualTo("again\n");
    }

    private ExecuteResult run(String command) {
        return session.execute("host", command).join();
    }

    private void submit(Input input) {
        assertThat(session.submit(input).join()).isEmpty();
    }

    /** Reads the session's stream as a browser does. */
    private final class Viewer {
        private long place = session.stream().last();

        Viewer() {
            session.addViewer();
        }

        /** What comes, up to the first that is looked for. */
        List<Update> until(Predicate<Update> wanted) throws InterruptedException {
            List<Update> seen = new ArrayList<>();
            while (true) {
                if (session.stream().read(place, 1) instanceof Read.Updates updates) {
                    Numbered next = updates.updates().getFirst();
                    place = next.sequence();
                    seen.add(next.update());
                    if (wanted.test(next.update())) {
                        return seen;
                    }
                }
            }
        }

        void leave() {
            session.removeViewer();
        }
    }
}
