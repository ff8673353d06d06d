import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Measures a Vethlab that it starts itself, on this machine: {@code ./mvnw -Pload package -DskipTests && java src/load/Measure.java
 * [SESSIONS [SEATS]]}: first as many sessions, then a workshop of as many seats; 0 leaves one of them out.
 * The virtual machine has the options of the image ({@code k8s/Dockerfile}) and the memory of its pod ({@code k8s/base}).
 * Everything is one run, so that numbers can be set against each other; docs/performance.md says what was seen.
 */
final class Measure {
    private static final Path DATA = Path.of("target/load-data");
    private static final Pattern PROMPT = Pattern.compile("^\\{\"seq\":\\d+,\"terminal\":\"(\\w+)\",\"prompt\"");
    private static final String MADE = "\"id\":\"([^\"]+)\"";

    private final HttpClient http = HttpClient.newBuilder().executor(Executors.newVirtualThreadPerTaskExecutor()).build();
    private final Random random = new Random(1);
    private final Process server;
    private final String address;

    private Measure(Process server, String address) {
        this.server = server;
        this.address = address;
    }

    public static void main(String[] arguments) throws Exception {
        int sessions = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1000;
        int seats = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 200;
        forgetData();
        int port = freePort();
        long begun = System.nanoTime();
        Process server = new ProcessBuilder(ProcessHandle.current().info().command().orElseThrow(), "-Xmx1536m", "-XX:+UseSerialGC",
                "-XX:+UseCompactObjectHeaders", "-Dquarkus.http.port=" + port, "-Dquarkus.http.host=127.0.0.1", "-Dvethlab.data-dir=" + DATA, "-jar",
                "target/quarkus-app/quarkus-run.jar").redirectErrorStream(true).redirectOutput(Path.of("target/load-server.log").toFile()).start();
        try {
            var measure = new Measure(server, "127.0.0.1:" + port);
            measure.awaitReady();
            System.out.printf("start to ready: %d ms, resident %d MiB%n", (System.nanoTime() - begun) / 1_000_000, measure.resident());
            measure.warmUp();
            if (sessions > 0) {
                measure.sessions(sessions);
            }
            if (seats > 0) {
                measure.workshop(seats);
            }
        } finally {
            server.destroy();
            server.waitFor(20, TimeUnit.SECONDS);
            forgetData();
        }
    }

    private void warmUp() {
        for (int warm = 0; warm < 100; warm++) {
            use(create());
        }
    }

    private void sessions(int sessions) throws Exception {
        double[] echo = echo(2000);
        System.out.printf("bare echo socket of the same server: p50 %.2f ms, p99 %.2f ms%n", echo[0], echo[1]);

        long before = heap();
        var latencies = new ConcurrentLinkedQueue<Double>();
        long begun = System.nanoTime();
        List<String> ids = inParallel(sessions, 4, () -> timed(latencies, this::create));
        double seconds = (System.nanoTime() - begun) / 1e9;
        double[] made = quantiles(latencies);
        System.out.printf("new lab sessions: %.0f a second; p50 %.1f ms, p99 %.1f ms%n", sessions / seconds, made[0], made[1]);
        System.out.printf("heap: %d KiB an idle live session%n", (heap() - before) / sessions / 1024);
        inParallel(sessions, 4, ids.iterator(), this::use);
        System.out.printf("heap: %d KiB a session in which a container was started and asked; resident %d MiB%n",
                (heap() - before) / sessions / 1024, resident());

        var terminals = new ArrayList<Terminal>();
        for (String id : ids) {
            terminals.add(new Terminal(id));
        }
        var ps = new ConcurrentLinkedQueue<Double>();
        var curl = new ConcurrentLinkedQueue<Double>();
        var people = new ArrayList<Thread>();
        long end = System.nanoTime() + 60_000_000_000L;
        for (Terminal terminal : terminals) {
            long first = random.nextLong(10_000);
            people.add(Thread.startVirtualThread(() -> terminal.typeUntil(end, first, ps, curl)));
        }
        double processor = processorWhile(people);
        double[] p = quantiles(ps);
        double[] c = quantiles(curl);
        System.out.printf("%d active sessions, each a command every 10 s over its socket: docker ps p50 %.1f ms, p99 %.1f ms; "
                + "curl to a published port p50 %.1f ms, p99 %.1f ms (%d commands, %.1f × the echo)%n",
                sessions, p[0], p[1], c[0], c[1], ps.size() + curl.size(), p[0] / echo[0]);
        System.out.printf("%.2f of a processor, all of them; resident %d MiB, stored %d KiB a session%n", processor, resident(),
                stored() / sessions / 1024);
        terminals.forEach(Terminal::close);
    }

    /** One workshop with a lesson, every seat at its page, and the organiser before theirs. */
    private void workshop(int seats) throws Exception {
        long before = heap();
        String made = post("/api/v1/workshops", "{\"lesson\":\"05-hop-by-hop-to-a-network-of-your-own\",\"seats\":" + seats + "}");
        String code = find("\"code\":\"(\\w+)\"", made);
        var joining = new ConcurrentLinkedQueue<Double>();
        long begun = System.nanoTime();
        List<String> links = inParallel(seats, 4, IntStream.range(0, seats).iterator(), seat -> timed(joining, () -> find(
                "\"url\":\"/s/([^\"]+)\"", post("/api/v1/workshops/join", "{\"code\":\"" + code + "\",\"name\":\"Seat " + seat + "\"}"))));
        double seconds = (System.nanoTime() - begun) / 1e9;
        double[] joined = quantiles(joining);
        System.out.printf("a workshop: %d seats join, %.0f a second; p50 %.1f ms, p99 %.1f ms%n", seats, seats / seconds, joined[0], joined[1]);
        var terminals = new ArrayList<Terminal>();
        for (String link : links) {
            terminals.add(new Terminal(link));
        }
        var organiser = new Organiser(find(MADE, made), seats);
        var ps = new ConcurrentLinkedQueue<Double>();
        var curl = new ConcurrentLinkedQueue<Double>();
        var people = new ArrayList<Thread>();
        long end = System.nanoTime() + 60_000_000_000L;
        for (int i = 0; i < seats; i++) {
            Terminal terminal = terminals.get(i);
            int seat = i;
            long first = random.nextLong(10_000);
            terminal.then = count -> organiser.ended(seat, count);
            people.add(Thread.startVirtualThread(() -> terminal.typeUntil(end, first, ps, curl)));
        }
        double processor = processorWhile(people);
        double[] p = quantiles(ps);
        double[] c = quantiles(curl);
        double[] seen = quantiles(organiser.delays);
        System.out.printf("%d seats with open sockets, each a command every 10 s: docker ps p50 %.1f ms, p99 %.1f ms; curl p50 %.1f ms, p99 %.1f ms; "
                + "on the organiser's page after p50 %.0f ms, p99 %.0f ms (%d commands, %d rows); heap %d KiB a seat; resident %d MiB; "
                + "%.2f of a processor%n",
                seats, p[0], p[1], c[0], c[1], seen[0], seen[1], ps.size() + curl.size(), organiser.delays.size(),
                (heap() - before) / seats / 1024, resident(), processor);
    }

    /** The organiser's page: how long after a command ended does its row say so? */
    private final class Organiser {
        private static final Pattern ROW = Pattern.compile("\"name\":\"Seat (\\d+)\".*?\"commands\":(\\d+)");
        private final long[] endedAt;
        private final int[] commands;
        private final ConcurrentLinkedQueue<Double> delays = new ConcurrentLinkedQueue<>();

        Organiser(String workshop, int seats) {
            endedAt = new long[seats];
            commands = new int[seats];
            var request = HttpRequest.newBuilder(URI.create("http://" + address + "/api/v1/workshops/" + workshop + "/events"))
                    .header("Accept", "text/event-stream").build();
            http.sendAsync(request, BodyHandlers.ofLines()).thenAccept(answer -> Thread.startVirtualThread(
                    () -> read(answer.body())));
        }

        private void read(Stream<String> lines) {
            try {
                lines.filter(line -> line.startsWith("data:")).forEach(this::look);
            } catch (UncheckedIOException e) {
                // the server has stopped: all is over
            }
        }

        synchronized void ended(int seat, int count) {
            commands[seat] = count;
            endedAt[seat] = System.nanoTime();
        }

        private synchronized void look(String rows) {
            long now = System.nanoTime();
            for (Matcher row = ROW.matcher(rows); row.find();) {
                int seat = Integer.parseInt(row.group(1));
                if (commands[seat] > 0 && Integer.parseInt(row.group(2)) == commands[seat]) {
                    delays.add((now - endedAt[seat]) / 1e6);
                }
            }
        }
    }

    // ---- sessions ----

    private String create() {
        return find(MADE, post("/api/v1/sessions", "{\"world\":\"lab\"}"));
    }

    private String use(String id) {
        type(id, "host", "docker run -d --name web -p 5001:5001 my-app");
        type(id, "client", "curl -s 192.168.1.10:5001");
        return id;
    }

    private void type(String id, String node, String command) {
        post("/api/v1/sessions/" + id + "/exec", "{\"node\":\"" + node + "\",\"command\":\"" + command + "\"}");
    }

    /** A person at a session's page. */
    private final class Terminal implements WebSocket.Listener {
        /** A lesson's set-up has terminals of the nodes' names. */
        private static final String OWN = "my";

        private final LinkedBlockingQueue<String> prompts = new LinkedBlockingQueue<>();
        private final StringBuilder part = new StringBuilder();
        private final WebSocket socket;
        private int lines;
        private java.util.function.IntConsumer then = count -> {};

        Terminal(String id) throws Exception {
            socket = http.newWebSocketBuilder().header("Origin", "http://" + address)
                    .buildAsync(URI.create("ws://" + address + "/ws/v1/sessions/" + id), this).get(30, TimeUnit.SECONDS);
            say("{\"v\":1,\"type\":\"hello\"}");
            for (String node : List.of("host", "client")) {
                say("{\"v\":1,\"type\":\"open\",\"terminal\":\"" + OWN + node + "\",\"node\":\"" + node + "\",\"cols\":120,\"rows\":30}");
                awaitPrompt(node);
            }
        }

        void typeUntil(long end, long first, ConcurrentLinkedQueue<Double> ps, ConcurrentLinkedQueue<Double> curl) {
            try {
                Thread.sleep(first);
                for (int turn = 0; System.nanoTime() < end; turn++) {
                    boolean asks = turn % 2 == 0;
                    timed(asks ? ps : curl, () -> asks ? line("host", "docker ps") : line("client", "curl -s 192.168.1.10:5001"));
                    then.accept(lines);
                    Thread.sleep(10_000);
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        private boolean line(String terminal, String text) {
            say("{\"v\":1,\"type\":\"line\",\"terminal\":\"" + OWN + terminal + "\",\"line\":\"" + lines++ + "\",\"text\":\"" + text + "\"}");
            return awaitPrompt(terminal);
        }

        private boolean awaitPrompt(String terminal) {
            try {
                for (String said = ""; !said.equals(OWN + terminal);) {
                    said = prompts.poll(60, TimeUnit.SECONDS);
                    if (said == null) {
                        throw new IllegalStateException("no prompt on " + terminal);
                    }
                }
                return true;
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        void close() {
            socket.abort();
        }

        private void say(String message) {
            socket.sendText(message, true).join();
        }

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            part.append(data);
            if (last) {
                Matcher prompt = PROMPT.matcher(part);
                if (prompt.find()) {
                    prompts.add(prompt.group(1));
                }
                part.setLength(0);
            }
            from.request(1);
            return null;
        }
    }

    /** Milliseconds there and back, half and 99 in 100. */
    private double[] echo(int times) throws Exception {
        var answers = new LinkedBlockingQueue<String>();
        WebSocket socket = http.newWebSocketBuilder().buildAsync(URI.create("ws://" + address + "/ws/echo"), new WebSocket.Listener() {
            @Override
            public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
                answers.add(data.toString());
                from.request(1);
                return null;
            }
        }).get(10, TimeUnit.SECONDS);
        var latencies = new ConcurrentLinkedQueue<Double>();
        for (int i = 0; i < times; i++) {
            timed(latencies, () -> {
                socket.sendText("{\"v\":1,\"type\":\"line\",\"terminal\":\"host\",\"text\":\"docker ps\"}", true).join();
                return answers.poll(10, TimeUnit.SECONDS);
            });
        }
        socket.abort();
        return quantiles(latencies);
    }

    // ---- the server ----

    private void awaitReady() throws Exception {
        for (int i = 0; i < 1200; i++) {
            try {
                if (http.send(request("/q/health/ready").build(), BodyHandlers.discarding()).statusCode() == 200) {
                    return;
                }
            } catch (IOException e) {
                // not yet
            }
            Thread.sleep(25);
        }
        throw new IllegalStateException("the server does not start; see target/load-server.log");
    }

    /** Bytes of the heap in use after a collection. */
    private long heap() throws Exception {
        Process jcmd = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(), Long.toString(server.pid()),
                "GC.run").redirectErrorStream(true).start();
        jcmd.getInputStream().readAllBytes();
        jcmd.waitFor();
        String metrics = http.send(request("/q/metrics").build(), BodyHandlers.ofString()).body();
        double used = 0;
        for (Matcher m = Pattern.compile("(?m)^jvm_memory_used_bytes\\{area=\"heap\".*} (.*)$").matcher(metrics); m.find();) {
            used += Double.parseDouble(m.group(1));
        }
        return (long) used;
    }

    /** Processors that the server takes until these are done. */
    private double processorWhile(List<Thread> people) throws InterruptedException {
        Duration before = processor();
        long begun = System.nanoTime();
        for (Thread person : people) {
            person.join();
        }
        return (double) processor().minus(before).toNanos() / (System.nanoTime() - begun);
    }

    private Duration processor() {
        return server.info().totalCpuDuration().orElseThrow();
    }

    /** Bytes of the store. */
    private static long stored() throws IOException {
        try (var files = Files.walk(DATA)) {
            return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
        }
    }

    /** MiB. */
    private long resident() throws IOException {
        String status = Files.readString(Path.of("/proc/" + server.pid() + "/status"));
        return Long.parseLong(find("VmRSS:\\s+(\\d+)", status)) / 1024;
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://" + address + path)).timeout(Duration.ofSeconds(60));
    }

    private String post(String path, String body) {
        try {
            var answer = http.send(request(path).header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(body)).build(),
                    BodyHandlers.ofString());
            if (answer.statusCode() >= 300) {
                throw new IllegalStateException(path + ": " + answer.statusCode() + " " + answer.body());
            }
            return answer.body();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    // ---- numbers ----

    private interface Work<T> {
        T run() throws Exception;
    }

    private interface Each<A, T> {
        T run(A argument) throws Exception;
    }

    private static <T> T timed(ConcurrentLinkedQueue<Double> latencies, Work<T> work) {
        long begun = System.nanoTime();
        try {
            return work.run();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        } finally {
            latencies.add((System.nanoTime() - begun) / 1e6);
        }
    }

    private static <T> List<T> inParallel(int times, int hands, Work<T> work) throws Exception {
        return inParallel(times, hands, IntStream.range(0, times).iterator(), i -> work.run());
    }

    private static <A, T> List<T> inParallel(int times, int hands, java.util.Iterator<A> arguments, Each<A, T> work) throws Exception {
        var results = new ArrayList<Future<T>>();
        try (var pool = Executors.newFixedThreadPool(hands)) {
            for (int i = 0; i < times; i++) {
                A argument = arguments.next();
                results.add(pool.submit(() -> work.run(argument)));
            }
        }
        var values = new ArrayList<T>();
        for (Future<T> result : results) {
            values.add(result.get());
        }
        return values;
    }

    private static double[] quantiles(ConcurrentLinkedQueue<Double> latencies) {
        double[] sorted = latencies.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return new double[] {sorted[sorted.length / 2], sorted[Math.min(sorted.length - 1, sorted.length * 99 / 100)]};
    }

    private static String find(String pattern, String text) {
        Matcher found = Pattern.compile(pattern).matcher(text);
        if (!found.find()) {
            throw new IllegalStateException("no " + pattern + " in " + text);
        }
        return found.group(1);
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static void forgetData() throws IOException {
        if (Files.exists(DATA)) {
            try (var files = Files.walk(DATA)) {
                for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
