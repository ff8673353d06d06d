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
    private static final int SEATS = 20;
    private static final int SEAT_COMMANDS = 4;
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

    @Test
    void anOrganiserSeesAllSeatsWhenAReplicaDies() throws Exception {
        JsonNode workshop = post(replicas.getFirst(), "api/v1/workshops", Map.of("lesson", "05-hop-by-hop-to-a-network-of-your-own", "seats", SEATS), "")
                .body();
        String path = "api/v1/workshops/" + workshop.get("id").asText();
        List<String> seats = new ArrayList<>();
        for (int i = 0; i < SEATS; i++) {
            JsonNode seat = post(replicas.get(i % 2), "api/v1/workshops/join", Map.of("code", workshop.get("code").asText(), "name", "Seat " + i), "")
                    .body();
            seats.add(seat.get("url").asText().substring("/s/".length()));
        }
        seats.forEach(seat -> answer(0, seat, "ip route", "looked"));
        awaitSeats(replicas.getFirst(), path, 1);

        var half = new CountDownLatch(SEATS * SEAT_COMMANDS / 2);
        List<CompletableFuture<Void>> people = IntStream.range(0, SEATS)
                .mapToObj(i -> CompletableFuture.runAsync(() -> {
                    for (int n = 1; n <= SEAT_COMMANDS; n++) {
                        assertThat(answer(i, seats.get(i), "n=$((n + 1)); echo $n", "command-" + n)).isEqualTo(n + "\n");
                        half.countDown();
                    }
                }, Thread::startVirtualThread))
                .toList();
        half.await();
        replicas.getFirst().process().destroyForcibly();
        people.forEach(CompletableFuture::join);
        awaitSeats(replicas.getLast(), path, 1 + SEAT_COMMANDS);
        assertThat(post(replicas.getLast(), "api/v1/workshops/join", Map.of("code", workshop.get("code").asText(), "name", "One more"), "").status())
                .as("all seats are taken").isEqualTo(429);
    }

    /** As the organiser's page asks: until every seat has so many commands; the step that was reached stays reached. */
    private void awaitSeats(PackagedApplication replica, String workshop, int commands) throws Exception {
        JsonNode look;
        do {
            look = JSON.readTree(http.send(HttpRequest.newBuilder(replica.address().resolve(workshop)).build(),
                    HttpResponse.BodyHandlers.ofString()).body());
            assertThat(look.get("seats")).as("every seat, all the time").hasSize(SEATS);
        } while (!everySeat(look, "commands", commands));
        assertThat(everySeat(look, "done", 1)).as("the step that was reached: " + look).isTrue();
        assertThat(everySeat(look, "errors", 0)).as("no command failed: " + look).isTrue();
    }

    private static boolean everySeat(JsonNode look, String field, int value) {
        for (JsonNode seat : look.get("seats")) {
            if (seat.get(field).asInt() != value) {
                return false;
            }
        }
        return true;
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
        for (int step = 0; step < COMMANDS; step++) {
            answers.add(answer(client + step, id, command(step), "step-" + step));
            progress.countDown();
        }
        return answers;
    }

    /** Asks one replica and the other, beginning with one of them, until there is an answer. */
    private String answer(int turn, String session, String command, String key) {
        Answer answer;
        int asks = turn;
        do {
            answer = post(replicas.get(asks++ % 2), "api/v1/sessions/" + session + "/exec", Map.of("node", "host", "command", command), key);
        } while (answer.status() >= 500);
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
        return answer.body().get("output").asText();
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
