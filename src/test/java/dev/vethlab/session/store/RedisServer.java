package dev.vethlab.session.store;

import io.vertx.core.Vertx;
import io.vertx.redis.client.Redis;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A real redis-server on the loopback, for as long as a test needs it. */
public final class RedisServer implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 20;

    private final int port;
    private final Process process;
    private final Vertx vertx = Vertx.vertx();

    /** @param directory where it may write */
    public RedisServer(Path directory) throws IOException {
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Path own = Files.createDirectory(directory.resolve("redis-" + port));
        try {
            process = new ProcessBuilder("redis-server", "--port", String.valueOf(port), "--bind", "127.0.0.1", "--save", "", "--appendonly",
                            "yes", "--dir", own.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(own.resolve("log").toFile())
                    .start();
        } catch (IOException e) {
            throw new AssertionError("this test needs redis-server: install it (Debian: apt-get install redis-server)", e);
        }
        awaitReady();
    }

    private void awaitReady() throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (true) {
            try (var probe = new Socket()) {
                probe.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                probe.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
                if (probe.getInputStream().read() == '+') {
                    return;
                }
                // it says that it still loads what it has
            } catch (IOException e) {
                if (!process.isAlive() || System.nanoTime() > deadline) {
                    throw e;
                }
                Thread.onSpinWait();
            }
        }
    }

    public String address() {
        return "redis://127.0.0.1:" + port;
    }

    Redis client() {
        return Redis.createClient(vertx, address());
    }

    @Override
    public void close() {
        stop();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    /** Ends the server, not its clients. */
    void stop() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
