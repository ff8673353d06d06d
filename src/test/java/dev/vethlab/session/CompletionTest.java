package dev.vethlab.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vethlab.engine.world.WorldKind;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What Tab offers: commands, their words and options, and the names of what there is. */
class CompletionTest {
    private final Sessions sessions = new Sessions(new InMemorySessionStore(), SessionLimits.DEFAULT, SessionObserver.NONE);
    private final Session session = sessions.create(new Recipe(WorldKind.LAB, 7, ""));

    @BeforeEach
    void open() {
        session.execute("host", "docker network create app; docker run -d --name web --network app my-app; docker run -d --name worker my-app")
                .join();
        assertThat(session.submit(new Input.Open("t", "host", 80, 24)).join()).isEmpty();
        assertThat(session.submit(new Input.Open("c", "client", 80, 24)).join()).isEmpty();
    }

    @AfterEach
    void close() {
        sessions.close();
    }

    private List<String> after(String text) {
        return session.complete("t", text, text.length()).join().candidates();
    }

    @Test
    void commandsOfDocker() {
        assertThat(after("docker r")).contains("restart", "rm", "rmi", "run").doesNotContain("ps");
        assertThat(after("docker network c")).containsExactly("connect", "create");
        assertThat(after("docker compose u")).containsExactly("unpause", "up");
        assertThat(after("docker compose up")).containsExactly("up");
        assertThat(after("echo; docker netw")).containsExactly("network");
    }

    @Test
    void optionsOfDocker() {
        assertThat(after("docker run --na")).containsExactly("--name");
        assertThat(after("docker run -d --pub")).containsExactly("--publish", "--publish-all");
        assertThat(after("docker compose up --det")).containsExactly("--detach");
    }

    @Test
    void namesThatTheEngineKnows() {
        assertThat(after("docker rm -f w")).containsExactly("web", "worker");
        assertThat(after("docker run --network a")).containsExactly("app");
        assertThat(after("docker network inspect b")).containsExactly("bridge");
        assertThat(after("docker run -d my")).containsExactly("my-app");
        assertThat(after("docker exec we")).containsExactly("web");
    }

    @Test
    void ipAndIptables() {
        assertThat(after("ip l")).containsExactly("link");
        assertThat(after("ip link show docker")).containsExactly("docker0");
        assertThat(after("ip route show tab")).containsExactly("table");
        assertThat(after("iptables -t n")).containsExactly("nat");
        assertThat(after("iptables -t nat -S DO")).containsExactly("DOCKER");
        assertThat(after("iptables -A FORWARD -j MAS")).containsExactly("MASQUERADE");
    }

    @Test
    void hostsAndDevices() {
        assertThat(session.complete("c", "ping 192.168.1.1", 16).join().candidates()).contains("192.168.1.1", "192.168.1.10");
        assertThat(session.complete("c", "curl inter", 10).join().candidates()).containsExactly("internet");
        assertThat(after("tcpdump -i doc")).containsExactly("docker0");
    }

    @Test
    void filesWhereNothingElseIsKnown() {
        assertThat(after("cat /etc/host")).contains("/etc/hostname", "/etc/hosts");
        assertThat(session.complete("c", "docker r", 8).join().candidates()).isEmpty();
    }
}
