package dev.vethlab.web.socket;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vethlab.engine.world.WorldKind;
import dev.vethlab.fuzz.Mutator;
import dev.vethlab.fuzz.Recordings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A thousand people at once for ten minutes, each with one session after the other: right and nearly right commands, sockets that come and
 * go, sessions that are deleted, left to rest, and looked at again. What the heap keeps after a collection stays the same, and nothing
 * that anybody sends leaves a stack trace in the log.
 *
 * <p>{@code ./mvnw -Psoak verify}; {@code -Dsoak.sessions}, {@code -Dsoak.minutes}, {@code -Dsoak.seed}.
 */
@Tag("soak")
class SoakTest {
    private static final int SESSIONS = Integer.getInteger("soak.sessions", 1000);
    private static final int MINUTES = Integer.getInteger("soak.minutes", 10);
    private static final long SEED = Long.getLong("soak.seed", 1);
    private static final int MINUTES_A_READING = 2;

    private static final double FLAT = 1.1;
    private static final int COMMANDS_A_SESSION = 8;
    private static final int PAUSE_MILLIS = 10_000;
    private static final int SOCKET_EVERY = 4;
    private static final int RIGHT_COMMANDS_IN_TEN = 5;
    private static final int ASK_AGAIN = 503;
    private static final int COMES_BACK = 1012;
    private static final List<String> OPTIONS = List.of("-Xmx2g", "-Dvethlab.rest-after=30s", "-Dvethlab.limits.time-per-command=20s",
            "-Dvethlab.limits.events-per-command=20000", "-Dvethlab.limits.stages=2000", "-Dvethlab.limits.stream-bytes=1M",
            "-Dvethlab.limits.running-sessions=5000");

    private final HttpClient http = HttpClient.newBuilder().executor(Executors.newVirtualThreadPerTaskExecutor()).build();
    private final ObjectMapper json = new ObjectMapper();
    private final List<String> commands = Recordings.commands();
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
    private final Queue<String> left = new ConcurrentLinkedQueue<>();
    private final LongAdder typed = new LongAdder();
    private final LongAdder made = new LongAdder();
    private final CountDownLatch over = new CountDownLatch(SESSIONS);
    private final long end = System.nanoTime() + Duration.ofMinutes(MINUTES).toNanos();

    @TempDir
    Path directory;

    @Test
    void memoryStaysFlatAndTheLogCalm() throws Exception {
        List<String> options = new ArrayList<>(OPTIONS);
        options.add("-Dvethlab.data-dir=" + directory.resolve("data"));
        try (PackagedApplication application = PackagedApplication.start(directory.resolve("server.log"), port -> options);
                ScheduledExecutorService timer = Executors.newScheduledThreadPool(1)) {
            application.awaitReady();
            for (int i = 0; i < SESSIONS; i++) {
                new Person(application.address(), timer, SEED * SESSIONS + i).comeBack();
            }
            List<Long> heap = new ArrayList<>();
            for (int minute = MINUTES_A_READING; minute < MINUTES + MINUTES_A_READING; minute += MINUTES_A_READING) {
                over.await(end - System.nanoTime() - Duration.ofMinutes(MINUTES - minute).toNanos(), TimeUnit.NANOSECONDS);
                heap.add(live(application.process()));
                System.out.printf("minute %d: %d MiB of live heap; %d sessions made, %d commands typed so far%n",
                        minute, heap.getLast() >> 20, made.sum(), typed.sum());
            }
            over.await();
            assertThat(wrong).as("answers that say that something broke").isEmpty();
            assertThat(application.complaints()).as("the server's log").isEmpty();
            assertThat(heap.getLast()).as("flat from the middle on, when the server has filled up: " + heap)
                    .isLessThan((long) (heap.get(heap.size() / 2) * FLAT) + 1);
        }
    }

    /** Somebody who never stops trying things out. */
    private final class Person {
        private final URI server;
        private final ScheduledExecutorService timer;
        private final Random random;
        private final Mutator mutator;
        private String session = "";
        private int toType;

        Person(URI server, ScheduledExecutorService timer, long seed) {
            this.server = server;
            this.timer = timer;
            random = new Random(seed);
            mutator = new Mutator(commands, seed);
        }

        /** Has a turn after a while. */
        void comeBack() {
            timer.schedule(() -> Thread.startVirtualThread(this::turn), random.nextInt(2 * PAUSE_MILLIS), TimeUnit.MILLISECONDS);
        }

        private void turn() {
            if (System.nanoTime() > end) {
                over.countDown();
                return;
            }
            try {
                act();
            } catch (IOException | InterruptedException | RuntimeException | AssertionError e) {
                wrong.add(session + ": " + e);
            }
            comeBack();
        }

        private void act() throws IOException, InterruptedException {
            if (session.isEmpty()) {
                begin();
            } else if (toType-- > 0) {
                type();
            } else {
                leave();
            }
        }

        private void begin() throws IOException, InterruptedException {
            String forgotten = random.nextInt(SOCKET_EVERY) == 0 ? left.poll() : null;
            WorldKind world = WorldKind.values()[random.nextInt(WorldKind.values().length)];
            session = forgotten != null ? forgotten
                    : json.readTree(ask("POST", "api/v1/sessions", Map.of("world", world.text())).body()).path("id").asText();
            made.increment();
            toType = 1 + random.nextInt(2 * COMMANDS_A_SESSION - 1);
            if (random.nextInt(SOCKET_EVERY) == 0) {
                look();
            }
        }

        /** A browser that comes and goes; if the session goes to rest at the same time, it connects again, as the page does. */
        private void look() {
            try (SocketClient client = SocketClient.connect(server, session)) {
                client.send("{\"v\":1,\"type\":\"hello\"}");
                client.next("welcome");
                client.send("{\"v\":1,\"type\":\"open\",\"terminal\":\"t\",\"node\":\"host\",\"cols\":80,\"rows\":24}");
                client.next("prompt");
            } catch (SocketClient.ClosedException e) {
                if (e.code() != COMES_BACK) {
                    throw e;
                }
                look();
            }
        }

        private void type() throws IOException, InterruptedException {
            boolean right = random.nextInt(10) < RIGHT_COMMANDS_IN_TEN;
            String command = right ? commands.get(random.nextInt(commands.size())) : mutator.next();
            ask("POST", "api/v1/sessions/" + session + "/exec", Map.of("node", "host", "command", command));
            typed.increment();
        }

        private void leave() throws IOException, InterruptedException {
            if (random.nextBoolean()) {
                ask("DELETE", "api/v1/sessions/" + session, Map.of());
            } else {
                left.add(session);
            }
            session = "";
        }

        private HttpResponse<String> ask(String method, String path, Map<String, ?> body) throws IOException, InterruptedException {
            HttpRequest request = HttpRequest.newBuilder(server.resolve(path)).timeout(Duration.ofMinutes(2))
                    .header("Content-Type", "application/json").method(method, HttpRequest.BodyPublishers.ofString(text(body))).build();
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            while (answer.statusCode() == ASK_AGAIN) {
                answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            }
            if (answer.statusCode() >= 500) {
                wrong.add(body + ": " + answer.statusCode() + " " + answer.body());
            }
            return answer;
        }

        private String text(Map<String, ?> body) {
            try {
                return json.writeValueAsString(body);
            } catch (JsonProcessingException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Bytes of what the heap keeps; collects first. */
    private static long live(Process server) throws IOException, InterruptedException {
        Process histogram = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        Long.toString(server.pid()), "GC.class_histogram")
                .redirectErrorStream(true)
                .start();
        String last = histogram.inputReader().lines().reduce((line, next) -> next).orElse("");
        histogram.waitFor();
        assertThat(last).as("jcmd's sum").startsWith("Total");
        return Long.parseLong(last.strip().split("\\s+")[2]);
    }
}
