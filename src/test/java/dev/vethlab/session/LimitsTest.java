package dev.vethlab.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vethlab.engine.kernel.WorldLimits;
import dev.vethlab.engine.trace.DropReason;
import dev.vethlab.engine.trace.Outcome;
import dev.vethlab.engine.world.WorldKind;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever a session can grow ends at a limit: an ordinary error, after which it goes on. */
class LimitsTest {
    private static final WorldLimits TIGHT = new WorldLimits(2, 5, 3, 8, 12, 60, 10, 8, 16, 24, 50, 10_000, 64 << 20, 2000);
    private static final SessionLimits LIMITS = new SessionLimits(
            100, 50, 500, 2, 2, 20_000, 1 << 20, 10_000, 400_000, Duration.ofMinutes(1), TIGHT);

    private final Sessions sessions = new Sessions(new InMemorySessionStore(), LIMITS, SessionObserver.NONE);

    @AfterEach
    void close() {
        sessions.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            lab  | for i in 1 2 3; do docker create --name c$i alpine; done                                 | vethlab: a host may have 2 containers
            lab  | for i in 1 2 3; do docker network create n$i; done                                       | vethlab: a host may have 5 networks
            bare | for i in 1 2 3 4; do ip netns add n$i; done                                              | No space left on device
            bare | for i in 1 2 3 4 5 6 7 8 9; do ip link add d$i type dummy; done                          | No buffer space available
            bare | for i in $(seq 1 99); do iptables -A INPUT -s 10.0.0.$i -j DROP; done                     | iptables
            bare | for i in $(seq 1 30); do ip route add 10.0.$i.0/24 dev lo; done                           | RTNETLINK answers
            bare | for i in $(seq 1 30); do sleep 100 & done                                                 | vethlab: a machine may have 24 processes
            bare | ip link add dummy0 type dummy; for i in $(seq 1 20); do ip neigh add 10.0.0.$i lladdr 02:00:00:00:00:01 dev dummy0; done | RTNETLINK answers
            bare | ip link set lo up; for i in $(seq 6001 6020); do nc -l -k -p $i & done; sleep 1          | Too many open files in system
            bare | for i in $(seq 1 60); do echo > f$i; done                                                 | No space left on device
            bare | i=x; for n in 1 2 3 4 5 6 7 8 9 10 11 12 13 14; do i=$i$i; done; echo $i > big           | No space left on device
            bare | i=x; for n in 1 2 3 4 5 6 7 8 9 10 11 12 13 14; do i=$i$i; done; echo $i                 | vethlab: output beyond 10000 bytes is left out
            """)
    void beyondALimitThereIsAnOrdinaryError(String world, String command, String error) {
        Session session = fresh(WorldKind.of(world).orElseThrow());
        assertThat(run(session, command).output()).contains(error);
        assertThat(run(session, "echo still here").output()).isEqualTo("still here\n");
    }

    @Test
    void whoRunsTheServerIsToldWhichLimitsWereReachedAndOnlyOnce() {
        Map<String, Long> told = new ConcurrentHashMap<>();
        var store = new InMemorySessionStore();
        try (var counted = new Sessions(store, LIMITS, new SessionObserver() {
            @Override
            public void limited(String limit, long count) {
                told.merge(limit, count, Long::sum);
            }
        })) {
            Session session = counted.create(new Recipe(WorldKind.LAB, 1, ""));
            run(session, "sleep 61");
            run(session, "head -c 20000 /dev/zero");
            run(session, "for i in 1 2 3 4 5; do ip netns add n$i; done; for i in $(seq 60); do echo > f$i; done");
            run(session, "for i in 1 2 3 4 5; do docker create --name c$i alpine; done; for i in $(seq 30); do sleep 9 & done");
            counted.restIdle(-1);
            var first = Map.copyOf(told);
            assertThat(first).containsEntry("containers", 3L).containsKeys("processes", "namespaces", "files");
            assertThat(first).containsEntry("time-per-command", 1L).containsEntry("output-bytes", 1L);
            counted.find(session.id()).awaitReady();
            counted.restIdle(-1);
            assertThat(told).isEqualTo(first);
        }
    }

    @Test
    void aBridgeLoopEndsAtTheNumberOfPacketsASecond() {
        Session session = fresh(WorldKind.BARE);
        run(session, "ip link add br0 type bridge; ip link add br1 type bridge; ip link add v1 type veth peer name v2");
        run(session, "ip link add v3 type veth peer name v4; for i in v1 v3; do ip link set $i master br0; done");
        run(session, "for i in v2 v4; do ip link set $i master br1; done; for i in br0 br1 v1 v2 v3 v4; do ip link set $i up; done");
        run(session, "ip addr add 10.0.0.1/24 dev br0; ping -c 2 -W 1 10.0.0.9");
        assertThat(session.journeys().all().stream()
                        .filter(stage -> stage.event().outcome() instanceof Outcome.Dropped dropped
                                && dropped.reason() == DropReason.LIMIT_REACHED)
                        .count())
                .isPositive();
        assertThat(run(session, "echo still here").output()).isEqualTo("still here\n");
    }

    @Test
    void aCommandHasSoMuchTimeAndSoManyEvents() {
        Session session = fresh(WorldKind.BARE);
        assertThat(run(session, "sleep 61").exitCode()).isEqualTo(124);
        assertThat(run(session, "while :; do :; done").exitCode()).isEqualTo(124);
        assertThat(run(session, "sleep 59").exitCode()).isZero();
    }

    @Test
    void terminalsAndLinksAreCounted() {
        Session session = fresh(WorldKind.BARE);
        assertThat(session.submit(new Input.Open("a", "host", 80, 24)).join()).isEmpty();
        assertThat(session.submit(new Input.Open("b", "host", 80, 24)).join()).isEmpty();
        assertThat(session.submit(new Input.Open("c", "host", 80, 24)).join()).map(Refusal::text)
                .contains("vethlab: this session may have 2 terminals");
    }

    @Test
    void aSessionKeepsTheLimitsOfItsWorldWhateverIsConfiguredLater() {
        var store = new InMemorySessionStore();
        String id;
        String devices;
        try (var tight = new Sessions(store, LIMITS, SessionObserver.NONE)) {
            Session session = tight.create(new Recipe(WorldKind.BARE, 1, ""));
            id = session.id();
            run(session, "for i in 1 2 3 4 5 6 7 8 9; do ip link add d$i type dummy; done");
            devices = run(session, "ip -br link").output();
        }
        try (var wide = new Sessions(store, SessionLimits.DEFAULT, SessionObserver.NONE)) {
            Session session = wide.find(id);
            assertThat(run(session, "ip -br link").output()).isEqualTo(devices);
            assertThat(run(session, "ip link add one-more type dummy").output()).contains("No buffer space available");
            assertThat(run(wide.create(new Recipe(WorldKind.BARE, 1, "")), "ip link add d1 type dummy").output()).isEmpty();
        }
    }

    /** Machines, containers and programs together; what is let go of makes room again. */
    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
            head -c 40000 /dev/zero > big; while cat big >> big2; do :; done  ~ Cannot allocate memory     ~ rm big big2
            yes 0123456789abcdef | sort | head -1                             ~ vethlab                    ~ :
            a=$(head -c 300000 /dev/zero | tr '\\0' x); for i in 1 2 3 4 5 6; do eval "v$i=\\$a"; done ~ Cannot allocate memory ~ exit
            a=$(head -c 100000 /dev/zero | tr '\\0' x); for i in $(seq 20); do sh -c 'sleep 99; :' $a & done; sleep 0.1; sh -c true $a ~ Cannot allocate memory ~ kill $(jobs -p); wait
            while docker create alpine > /dev/null; do :; done                ~ Error response from daemon ~ docker rm $(docker ps -aq)
            while :; do i=$((i + 1)); iptables -w -N c$i || break; done       ~ iptables                   ~ for i in $(seq 99); do iptables -X c$i; done
            """)
    void allOfASessionTogetherHasSoMuchMemory(String greedy, String error, String freed) {
        var little = new WorldLimits(64, 64, 128, 256, 2000, 5000, 4096, 1024, 1024, 512, 20_000, 8 << 20, 1 << 20, 100_000);
        var limits = new SessionLimits(
                100, 50, 500, 2, 2, 20_000, 1 << 20, 10_000, 20_000_000, Duration.ofMinutes(10), little);
        try (var limited = new Sessions(new InMemorySessionStore(), limits, SessionObserver.NONE)) {
            Session session = limited.create(new Recipe(WorldKind.LAB, 1, ""));
            assertThat(run(session, greedy).output()).contains(error)
                    .containsOnlyOnce("vethlab: this session may have 1048576 bytes of memory");
            assertThat(run(session, "docker network ls -q | wc -l").output()).isEqualTo("3\n");
            assertThat(run(session, freed + "; echo enough > small && iptables -N again && docker create alpine").exitCode()).isZero();
        }
    }

    @Test
    void aSessionHasSoManyInputs() {
        var few = new SessionLimits(100, 50, 3, 2, 2, 20_000, 1 << 20, 10_000, 400_000, Duration.ofMinutes(1), TIGHT);
        try (var limited = new Sessions(new InMemorySessionStore(), few, SessionObserver.NONE)) {
            Session session = limited.create(new Recipe(WorldKind.BARE, 1, ""));
            for (int i = 0; i < 3; i++) {
                run(session, "true");
            }
            assertThatThrownBy(() -> session.execute("host", "true").join()).cause().isInstanceOf(LimitReachedException.class)
                    .hasMessage("vethlab: this session may have 3 inputs");
            assertThat(session.submit(new Input.Open("a", "host", 80, 24)).join()).map(Refusal::text)
                    .contains("vethlab: this session may have 3 inputs");
        }
    }

    @Test
    void aServerKeepsSoManySessionsAndRunsSoManyAtATime() {
        var few = new SessionLimits(3, 1, 500, 2, 2, 20_000, 1 << 20, 10_000, 400_000, Duration.ofMinutes(1), TIGHT);
        try (var limited = new Sessions(new InMemorySessionStore(), few, SessionObserver.NONE)) {
            Session first = limited.create(new Recipe(WorldKind.BARE, 1, ""));
            Session second = limited.create(new Recipe(WorldKind.BARE, 1, ""));
            assertThat(limited.isInMemory(first.id())).as("nobody looks at it, so it rests").isFalse();
            second.addViewer();
            assertThatThrownBy(() -> limited.find(first.id())).isInstanceOf(LimitReachedException.class)
                    .hasMessage("vethlab: this server may run 1 sessions at the same time");
            second.removeViewer();
            assertThat(run(limited.find(first.id()), "echo back").output()).isEqualTo("back\n");
            limited.create(new Recipe(WorldKind.BARE, 1, ""));
            assertThatThrownBy(() -> limited.create(new Recipe(WorldKind.BARE, 1, ""))).isInstanceOf(LimitReachedException.class)
                    .hasMessage("vethlab: this server may have 3 sessions");
        }
    }

    @Test
    void aSessionHasSoManyLinksOfBothKinds() {
        var store = new InMemorySessionStore();
        try (var own = new Sessions(store, LIMITS, SessionObserver.NONE)) {
            var links = new Links(own, store, LIMITS, Duration.ofDays(1), Clock.systemUTC());
            Session session = own.create(new Recipe(WorldKind.BARE, 1, ""));
            Link first = links.create(session, Link.Kind.MOMENT, null);
            links.create(session, Link.Kind.VIEWER, null);
            assertThatThrownBy(() -> links.create(session, Link.Kind.START, null)).isInstanceOf(LimitReachedException.class)
                    .hasMessage("vethlab: this session may have 2 links");
            assertThat(links.revoke(session.id(), first.id())).isTrue();
            assertThatCode(() -> links.create(session, Link.Kind.START, null)).doesNotThrowAnyException();
        }
    }

    /** Of those without an answer, the older make room, as in the kernel ({@code early_drop}). */
    @Test
    void aNamespaceTracksSoManyConnections() {
        Session session = fresh(WorldKind.NET);
        run(session, "iptables -A INPUT -m conntrack --ctstate NEW -j ACCEPT");
        run(session, "for p in $(seq 5001 5030); do nc -u -z -w 1 192.168.1.20 $p; done");
        assertThat(run(session, "conntrack -C").output()).isEqualTo("10\n");
        assertThat(run(session, "echo still here").output()).isEqualTo("still here\n");
    }

    @Test
    void endlessWorkDoesNotKeepOthersWaiting() {
        List<CompletableFuture<ExecuteResult>> endless = new ArrayList<>();
        for (int i = 0; i < 2 * Runtime.getRuntime().availableProcessors() + 2; i++) {
            Session busy = sessionWithoutEnd();
            endless.add(busy.execute("client", "while :; do ping -f -c 1000 192.168.1.10; done >/dev/null"));
        }
        Session typing = fresh(WorldKind.NET);
        for (int i = 0; i < 10; i++) {
            assertThat(typing.execute("host", "echo $((6 * 7))").orTimeout(1, TimeUnit.MINUTES).join().output()).isEqualTo("42\n");
        }
        assertThat(endless).noneMatch(CompletableFuture::isDone);
        plenty.close();
    }

    private final Sessions plenty = new Sessions(new InMemorySessionStore(), SessionLimits.DEFAULT, SessionObserver.NONE);

    private Session sessionWithoutEnd() {
        return plenty.create(new Recipe(WorldKind.NET, 1, ""));
    }

    @Test
    void anAddressMayMakeSoManyInAWhile() {
        long[] now = {0};
        var quota = new AddressQuota("sessions-per-address", "sessions may be made", 3, Duration.ofMinutes(3), () -> now[0]);
        for (int i = 0; i < 3; i++) {
            quota.take("192.0.2.1");
        }
        assertThatThrownBy(() -> quota.take("192.0.2.1")).isInstanceOf(LimitReachedException.class).hasMessageContaining("3 sessions");
        assertThatCode(() -> quota.take("192.0.2.2")).doesNotThrowAnyException();
        now[0] = Duration.ofMinutes(1).toNanos();
        assertThatCode(() -> quota.take("192.0.2.1")).doesNotThrowAnyException();
        assertThatThrownBy(() -> quota.take("192.0.2.1")).isInstanceOf(LimitReachedException.class);
    }

    private Session fresh(WorldKind world) {
        return sessions.create(new Recipe(world, 1, ""));
    }

    private static ExecuteResult run(Session session, String command) {
        return session.execute("host", command).join();
    }
}
