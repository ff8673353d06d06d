package dev.vethlab.session.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vethlab.session.LogConflictException;
import dev.vethlab.session.SessionStore;
import dev.vethlab.session.StoreException;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedisStoreTest extends SessionStoreContract {
    private static final Duration LEASE = Duration.ofMinutes(1);

    @TempDir
    static Path directory;

    private static RedisServer server;
    private static Redis redis;

    private final HandClock clock = new HandClock();
    private final RedisStore store = replica("one:1/a");

    @BeforeAll
    static void start() throws IOException {
        server = new RedisServer(directory);
        redis = server.client();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void empty() {
        send(Request.cmd(Command.FLUSHALL));
    }

    private RedisStore replica(String self) {
        return new RedisStore(redis, self, LEASE, LIFETIME, clock.clock());
    }

    private static void send(Request request) {
        redis.send(request).toCompletionStage().toCompletableFuture().join();
    }

    @Override
    SessionStore store() {
        return store;
    }

    @Override
    void later(Duration time) {
        clock.later(time);
    }

    @Override
    Instant now() {
        return clock.clock().instant();
    }

    @Test
    void aLeaseIsOneReplicasUntilItLetsItGo() {
        RedisStore other = replica("two:2/b");
        assertThat(store.claim("s")).isEmpty();
        assertThat(store.claim("s")).as("what one has, one may have").isEmpty();
        assertThat(other.claim("s")).contains("one:1");
        assertThat(other.holder("s")).contains("one:1");
        assertThat(store.holder("s")).isEmpty();
        other.release("s");
        assertThat(other.claim("s")).as("only its holder lets a lease go").contains("one:1");
        store.release("s");
        assertThat(other.claim("s")).isEmpty();
    }

    @Test
    void aReplicaThatLostItsLeaseLearnsSoAndCannotAppend() {
        RedisStore other = replica("two:2/b");
        create("s");
        store.claim("s");
        store.append("s", input(0));
        leaseOfRunsOut("s");
        other.claim("s");
        assertThatThrownBy(() -> store.append("s", input(1))).isInstanceOf(LogConflictException.class);
        assertThat(store.renew(List.of("s", "t"))).containsExactly("s");
        other.append("s", input(1));
    }

    @Test
    void aReplicaThatSleptThroughAnothersWorkCannotAppend() {
        RedisStore other = replica("two:2/b");
        create("s");
        store.claim("s");
        store.append("s", input(0));
        leaseOfRunsOut("s");
        other.claim("s");
        other.append("s", input(1));
        other.release("s");
        assertThatThrownBy(() -> store.append("s", input(1))).isInstanceOf(LogConflictException.class);
    }

    @Test
    void aReplicaThatSleptWhileNobodyWorkedGoesOn() {
        create("s");
        store.claim("s");
        leaseOfRunsOut("s");
        store.append("s", input(0));
        assertThat(replica("two:2/b").holder("s")).contains("one:1");
    }

    @Test
    void withoutRedisItSaysSo() throws IOException {
        try (var other = new RedisServer(directory)) {
            var there = new RedisStore(other.client(), "one:1/a", LEASE, LIFETIME, clock.clock());
            assertThat(there.isReady()).isTrue();
            other.stop();
            assertThat(there.isReady()).isFalse();
            assertThatThrownBy(() -> there.load("s")).isInstanceOf(StoreException.class);
        }
    }

    private static void leaseOfRunsOut(String session) {
        send(Request.cmd(Command.DEL).arg("vethlab:lease:" + session));
    }
}
