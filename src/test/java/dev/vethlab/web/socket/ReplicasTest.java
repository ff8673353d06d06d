package dev.vethlab.web.socket;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vethlab.engine.world.WorldKind;
import dev.vethlab.session.InMemorySessionStore;
import dev.vethlab.session.Recipe;
import dev.vethlab.session.Session;
import dev.vethlab.session.SessionLimits;
import dev.vethlab.session.SessionObserver;
import dev.vethlab.session.Sessions;
import dev.vethlab.session.store.RedisServer;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two replicas of the packaged application on one Redis, of which one dies amid the work: {@code ./mvnw -Preplicas verify}. */
@Tag("packaged")
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ReplicasTest {
    private static final int SESSIONS = 50;
    private static final int COMMANDS = 12;
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path directory;

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<PackagedApplication> replicas = new ArrayList<>();
    private RedisServer redis;

    @BeforeEach
    void start() throws Exception {
        redis = new RedisServer(directory);
        for (int i = 0; i < 2; i++) {
            replicas.add(replica(i));
        }
        for (PackagedApplication replica : replicas) {
            replica.awaitReady();
        }
    }

    @AfterEach
    void stop() {
        replicas.forEach(PackagedApplication::close);
        redis.close();
    }

    private PackagedApplication replica(int number) throws IOException {
        return PackagedApplication.start(directory.resolve("replica-" + number + ".log"), port -> List.of(
                "-Dvethlab.store=redis",
                "-Dquarkus.redis.hosts=" + redis.address(),
                "-Dvethlab.replica.address=127.0.0.1:" + port,
                "-Dvethlab.replica.lease=3s"));
    }

    @Test
    void whenAReplicaDiesNothingIsLostAndNothingHappensTwice() throws Exception {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < SESSIONS; i++) {
            ids.add(post(replicas.get(i % 2), "api/v1/sessions", Map.of("world", "lab", "seed", i), "").body().get("id").asText());
        }
        var third = new CountDownLatch(SESSIONS * COMMANDS / 3);
        List<CompletableFuture<List<String>>> clients = IntStream.range(0, SESSIONS)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> work(i, ids.get(i), third), Thread::startVirtualThread))
                .toList();
        third.await();
        replicas.getFirst().process().destroyForcibly();
        List<List<String>> answers = clients.stream().map(CompletableFuture::join).toList();
        for (int i = 0; i < SESSIONS; i++) {
            assertThat(answers.get(i)).as("session " + i).isEqualTo(undisturbed(i));
        }
    }

    @Test
    void aSocketIsHandedOverAndFollowsItsSession() throws Exception {
        PackagedApplication first = replicas.getFirst();
        PackagedApplication second = replicas.getLast();
        String id = post(first, "api/v1/sessions", Map.of("world", "net", "seed", 1), "").body().get("id").asText();
        String typed = "{\"v\":1,\"type\":\"line\",\"id\":\"a-1\",\"terminal\":\"c\",\"line\":\"l\",\"text\":\"echo n is $((++n))\"}";
        try (SocketClient client = SocketClient.connect(second.address(), id)) {
            open(client);
            client.send(typed);
            client.next("taken");
            first.process().destroyForcibly();
            client.closeCode();
        }
        SocketClient again = reconnect(second, id);
        try (again) {
            open(again);
            again.send(typed);
            again.next("taken");
            again.send(typed.replace("a-1", "a-2").replace("++n", "n"));
            assertThat(again.next("taken").get("id").asText()).isEqualTo("a-2");
            String shown = "";
            while (!shown.contains("n is")) {
                shown = again.next("output").get("data").asText();
            }
            assertThat(shown).as("typed once, and still there").isEqualTo("n is 1\r\n");
        }
    }

    @Test
    void aReplicaThatStopsLetsItsSessionsGoFirst() throws Exception {
        PackagedApplication first = replicas.getFirst();
        PackagedApplication second = replicas.getLast();
        String id = post(first, "api/v1/sessions", Map.of("world", "net", "seed", 1), "").body().get("id").asText();
        var command = Map.<String, Object>of("node", "host", "command", "echo $((++n))");
        assertThat(post(second, "api/v1/sessions/" + id + "/exec", command, "").body().get("output").asText()).isEqualTo("1\n");
        try (SocketClient client = SocketClient.connect(first.address(), id)) {
            open(client);
            first.process().destroy();
            assertThat(client.closeCode()).as("come back").isEqualTo(1012);
        }
        assertThat(first.process().onExit().join().exitValue()).as("ended by SIGTERM, not before").isEqualTo(143);
        assertThat(post(second, "api/v1/sessions/" + id + "/exec", command, "").body().get("output").asText()).isEqualTo("2\n");
    }

    private static void open(SocketClient client) {
        client.send("{\"v\":1,\"type\":\"hello\"}");
        client.next("welcome");
        client.send("{\"v\":1,\"type\":\"open\",\"terminal\":\"c\",\"node\":\"client\",\"cols\":80,\"rows\":24}");
    }

    /** As a page does: until there is somebody again. */
    private static SocketClient reconnect(PackagedApplication replica, String id) {
        while (true) {
            try {
                return SocketClient.connect(replica.address(), id);
            } catch (RuntimeException e) {
                Thread.onSpinWait();
            }
        }
    }

    private static String command(int step) {
        return switch (step) {
            case 1 -> "docker run -d --name web -p 5001:5001 my-app";
            case COMMANDS - 2 -> "docker ps --no-trunc; iptables-save; ip addr; conntrack -L";
            default -> "n=$((n + 1)); echo $n $RANDOM; ping -c 1 192.168.1.20 | tail -1";
        };
    }

    /** Types all commands into a session at one replica and the other, each until it is answered. */
    private List<String> work(int client, String id, CountDownLatch progress) {
        List<String> answers = new ArrayList<>();
        var turn = new AtomicInteger(client);
        for (int step = 0; step < COMMANDS; step++) {
            Answer answer;
            do {
                answer = post(replicas.get(turn.getAndIncrement() % 2), "api/v1/sessions/" + id + "/exec",
                        Map.of("node", "host", "command", command(step)), "step-" + step);
            } while (answer.status() >= 500);
            assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
            answers.add(answer.body().get("output").asText());
            progress.countDown();
        }
        return answers;
    }

    private record Answer(int status, JsonNode body) {}

    private Answer post(PackagedApplication replica, String path, Map<String, Object> body, String key) {
        try {
            var request = HttpRequest.newBuilder(replica.address().resolve(path))
                    .timeout(Duration.ofMinutes(1))
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)));
            if (!key.isEmpty()) {
                request.header("Idempotency-Key", key);
            }
            HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            boolean answered = response.statusCode() < 500;
            return new Answer(response.statusCode(), answered ? JSON.readTree(response.body()) : JSON.nullNode());
        } catch (IOException e) {
            return new Answer(503, JSON.nullNode());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What the same commands answer where nobody dies. */
    private static List<String> undisturbed(int seed) {
        try (var sessions = new Sessions(new InMemorySessionStore(), SessionLimits.DEFAULT, SessionObserver.NONE)) {
            Session session = sessions.create(new Recipe(WorldKind.LAB, seed, ""));
            return IntStream.range(0, COMMANDS).mapToObj(step -> session.execute("host", command(step)).join().output()).toList();
        }
    }
}
