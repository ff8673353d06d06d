package dev.vethlab.session.store;

import dev.vethlab.session.StoreException;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks Redis and waits for the answer. */
final class RedisConnection {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Redis redis;

    RedisConnection(Redis redis) {
        this.redis = redis;
    }

    /** A script with the keys that it touches; its arguments follow. */
    static Request script(String text, String... keys) {
        Request request = Request.cmd(Command.EVAL).arg(text).arg(keys.length);
        for (String key : keys) {
            request.arg(key);
        }
        return request;
    }

    Response send(Request request) {
        return sendOptional(request).orElseThrow();
    }

    Optional<Response> sendOptional(Request request) {
        try {
            return Optional.ofNullable(
                    redis.send(request).toCompletionStage().toCompletableFuture().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException | TimeoutException e) {
            throw new StoreException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException(e);
        }
    }
}
