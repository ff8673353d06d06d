package dev.vethlab.web.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** The application as it is delivered, in a process of its own on the loopback. */
record PackagedApplication(URI address, Process process, Path log) implements AutoCloseable {
    private static final Path JAR = Path.of("target/quarkus-app/quarkus-run.jar");
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** Starts one; {@code options} are Java's, for the port that it has. */
    static PackagedApplication start(Path log, IntFunction<List<String>> options) throws IOException {
        int port;
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dquarkus.http.host=127.0.0.1",
                "-Dquarkus.http.port=" + port));
        command.addAll(options.apply(port));
        command.addAll(List.of("-jar", JAR.toString()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
        return new PackagedApplication(URI.create("http://127.0.0.1:" + port + "/"), process, log);
    }

    void awaitReady() throws InterruptedException {
        while (true) {
            assertThat(process.isAlive()).as("the application runs").isTrue();
            try {
                if (HTTP.send(HttpRequest.newBuilder(address.resolve("q/health/ready")).build(), HttpResponse.BodyHandlers.discarding())
                                .statusCode() == 200) {
                    return;
                }
            } catch (IOException e) {
                Thread.onSpinWait();
            }
        }
    }

    /** What the log has of things that went wrong: nobody can make the application log a stack trace. */
    List<String> complaints() throws IOException {
        try (var lines = Files.lines(log)) {
            return lines.filter(line -> line.startsWith("\tat ") || line.contains(" ERROR ") || line.contains("Exception")).limit(50).toList();
        }
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
