package dev.vethlab.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vethlab.engine.kernel.netfilter.Hook;
import dev.vethlab.engine.kernel.netfilter.Table;
import dev.vethlab.engine.kernel.netfilter.TableName;
import dev.vethlab.engine.trace.Stage;
import dev.vethlab.engine.world.Topology.ContainerView;
import dev.vethlab.engine.world.World;
import dev.vethlab.engine.world.WorldKind;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A past moment shows the world as it was then, although the session has gone on. */
class RewindTest {
    private final Sessions sessions = new Sessions(new InMemorySessionStore(), SessionLimits.DEFAULT, SessionObserver.NONE);
    private final Session session = sessions.create(new Recipe(WorldKind.LAB, 1, ""));

    @AfterEach
    void close() {
        sessions.close();
    }

    @Test
    void countersAreAsTheyWereWhenTheStageWasReported() {
        run("iptables -A INPUT -p icmp -j ACCEPT; ping -c 3 -i 0.2 192.168.1.1 >/dev/null; iptables -F INPUT");
        List<Long> hits = session.journeys().all().stream()
                .map(stage -> stage.event())
                .filter(event -> event.stage() == Stage.FILTER_INPUT && event.place().machine().equals("host"))
                .map(event -> event.sequence())
                .toList();
        assertThat(hits).hasSize(3);
        assertThat(hits.stream().map(moment -> session.lookBack(moment, RewindTest::ruleHits))).containsExactly(1L, 2L, 3L);
        assertThat(session.lookBack(hits.getFirst() - 1, RewindTest::ruleHits)).as("backwards").isZero();
        assertThat(session.lookBack(Long.MAX_VALUE, RewindTest::ruleHits)).as("now").isEqualTo(-1);
    }

    @Test
    void theStructureIsAsItWas() {
        run("ping -c 1 192.168.1.1 >/dev/null");
        long before = session.journeys().all().getLast().event().sequence();
        run("docker run -d --name web my-app; ping -c 1 172.17.0.2 >/dev/null");
        assertThat(containers(before)).isEmpty();
        long after = session.journeys().all().getLast().event().sequence();
        assertThat(containers(after - 1)).hasSize(1);
        assertThat(containers(0)).isEmpty();
    }

    @Test
    void theSessionItselfIsLeftAlone() {
        run("x=kept; ping -c 1 192.168.1.1 >/dev/null");
        session.lookBack(1, World::topology);
        assertThat(session.execute("host", "echo $x").join().output()).isEqualTo("kept\n");
    }

    /** Packets that the one rule of INPUT matched; -1 if there is no rule. */
    private static long ruleHits(World world) {
        Table filter = Objects.requireNonNull(world.node("host")).machine().root().netfilter().existing(TableName.FILTER);
        var rules = Objects.requireNonNull(Objects.requireNonNull(filter).base(Hook.INPUT)).rules();
        return rules.isEmpty() ? -1 : rules.getFirst().packets();
    }

    private List<ContainerView> containers(long moment) {
        return session.lookBack(moment, world -> world.topology().containers());
    }

    private void run(String command) {
        session.execute("host", command).join();
    }
}
