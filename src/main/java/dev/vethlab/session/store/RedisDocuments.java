package dev.vethlab.session.store;

import dev.vethlab.session.Documents;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Documents as fields of hashes, one hash a folder. A field holds {@code VERSION EXPIRES TEXT}; the hash itself expires with the last of
 * its documents.
 */
final class RedisDocuments implements Documents {
    /** KEYS: folder; ARGV: key, version, text, expires, now. */
    private static final String PUT = """
            local kept = redis.call('HGET', KEYS[1], ARGV[1])
            local version = 0
            if kept then
              local v, expires = string.match(kept, '^(%d+) (%d+) ')
              if tonumber(expires) > tonumber(ARGV[5]) then version = tonumber(v) end
            end
            if version ~= tonumber(ARGV[2]) then return 0 end
            redis.call('HSET', KEYS[1], ARGV[1], string.format('%d %s %s', version + 1, ARGV[4], ARGV[3]))
            local last = redis.call('PTTL', KEYS[1]) + tonumber(ARGV[5])
            if last < tonumber(ARGV[4]) then redis.call('PEXPIREAT', KEYS[1], ARGV[4]) end
            return 1
            """;

    private final RedisConnection redis;
    private final Clock clock;

    RedisDocuments(RedisConnection redis, Clock clock) {
        this.redis = redis;
        this.clock = clock;
    }

    /** What a field holds. */
    private record Kept(Document document, long expires) {
        static Kept of(String key, String field) {
            int version = field.indexOf(' ');
            int expires = field.indexOf(' ', version + 1);
            return new Kept(new Document(key, Long.parseLong(field, 0, version, 10), field.substring(expires + 1)),
                    Long.parseLong(field, version + 1, expires, 10));
        }
    }

    @Override
    public Optional<Document> get(String folder, String key) {
        return redis.sendOptional(Request.cmd(Command.HGET).arg(hash(folder)).arg(key))
                .map(field -> Kept.of(key, field.toString()))
                .filter(kept -> kept.expires() > clock.millis())
                .map(Kept::document);
    }

    /** What has expired by itself, while others in its folder have not, goes on this occasion. */
    @Override
    public List<Document> all(String folder) {
        List<Document> found = new ArrayList<>();
        Response hash = redis.send(Request.cmd(Command.HGETALL).arg(hash(folder)));
        for (String key : hash.getKeys()) {
            Kept kept = Kept.of(key, hash.get(key).toString());
            if (kept.expires() > clock.millis()) {
                found.add(kept.document());
            } else {
                redis.send(Request.cmd(Command.HDEL).arg(hash(folder)).arg(key));
            }
        }
        found.sort(Comparator.comparing(Document::key));
        return found;
    }

    @Override
    public boolean put(String folder, Document document, Instant expires) {
        return redis.send(RedisConnection.script(PUT, hash(folder))
                        .arg(document.key())
                        .arg(document.version())
                        .arg(document.text())
                        .arg(expires.toEpochMilli())
                        .arg(clock.millis()))
                .toInteger() > 0;
    }

    @Override
    public boolean delete(String folder, String key) {
        boolean was = get(folder, key).isPresent();
        return redis.send(Request.cmd(Command.HDEL).arg(hash(folder)).arg(key)).toInteger() > 0 && was;
    }

    private static String hash(String folder) {
        return RedisStore.PREFIX + "documents:" + folder;
    }
}
