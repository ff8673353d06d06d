package dev.vethlab.session.store;

import dev.vethlab.session.Documents;
import dev.vethlab.session.Leases;
import dev.vethlab.session.Link;
import dev.vethlab.session.LogConflictException;
import dev.vethlab.session.LoggedInput;
import dev.vethlab.session.SessionGoneException;
import dev.vethlab.session.SessionStore;
import dev.vethlab.session.StoreException;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Sessions in Redis, by which several replicas share the work: a log is a stream whose entries are numbered as the inputs are.
 *
 * <p>The scripts are the transactions. An append is refused unless the log is exactly as long as the appender knows and nobody else
 * holds the lease: the index is the fencing token, for a replica that slept through its lease does not know what was appended since. What
 * Redis has acknowledged is as safe as its {@code appendfsync} says.
 */
public final class RedisStore implements SessionStore, Leases {
    static final String PREFIX = "vethlab:";
    private static final String SESSIONS = PREFIX + "sessions";
    private static final int INPUTS_AT_ONCE = 1000;

    /** KEYS: session, log, sessions; ARGV: id, recipe, owner, plays, lifetime, expiry, inputs… */
    private static final String CREATE = """
            redis.call('HSET', KEYS[1], 'recipe', ARGV[2], 'owner', ARGV[3], 'plays', ARGV[4])
            for i = 7, #ARGV do redis.call('XADD', KEYS[2], string.format('0-%d', i - 6), 'input', ARGV[i]) end
            redis.call('PEXPIRE', KEYS[1], ARGV[5])
            redis.call('PEXPIRE', KEYS[2], ARGV[5])
            redis.call('ZADD', KEYS[3], ARGV[6], ARGV[1])
            return 'OK'
            """;

    /** KEYS: session, log, sessions, lease; ARGV: id, lifetime, expiry, holder, lease, index, input. */
    private static final String APPEND = """
            if redis.call('EXISTS', KEYS[1]) == 0 then return 'GONE' end
            local holder = redis.call('GET', KEYS[4])
            if holder and holder ~= ARGV[4] then return 'HELD' end
            if redis.call('XLEN', KEYS[2]) ~= tonumber(ARGV[6]) then return 'LENGTH' end
            redis.call('XADD', KEYS[2], string.format('0-%d', ARGV[6] + 1), 'input', ARGV[7])
            redis.call('SET', KEYS[4], ARGV[4], 'PX', ARGV[5])
            redis.call('PEXPIRE', KEYS[1], ARGV[2])
            redis.call('PEXPIRE', KEYS[2], ARGV[2])
            redis.call('ZADD', KEYS[3], ARGV[3], ARGV[1])
            return 'OK'
            """;

    /** KEYS: leases; ARGV: holder, lease. Answers, for each, who else holds it. */
    private static final String CLAIM = """
            local others = {}
            for i, key in ipairs(KEYS) do
              local holder = redis.call('GET', key)
              if holder and holder ~= ARGV[1] then
                others[i] = holder
              else
                redis.call('SET', key, ARGV[1], 'PX', ARGV[2])
                others[i] = ''
              end
            end
            return others
            """;

    /** KEYS: lease; ARGV: holder. */
    private static final String RELEASE = """
            if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end
            return 'OK'
            """;

    private final RedisConnection redis;
    private final RedisDocuments documents;
    private final String self;
    private final Duration lease;
    private final Duration lifetime;
    private final Clock clock;

    /**
     * @param self the address at which other replicas reach this one, as {@code host:port/start}: no two starts have the same
     * @param lease how long a lease is held without renewal
     * @param lifetime how long a session is kept after it was last used
     */
    public RedisStore(Redis redis, String self, Duration lease, Duration lifetime, Clock clock) {
        this.redis = new RedisConnection(redis);
        documents = new RedisDocuments(this.redis, clock);
        this.self = self;
        this.lease = lease;
        this.lifetime = lifetime;
        this.clock = clock;
    }

    // ---- sessions ----

    @Override
    public void create(String id, Stored session) {
        Request script = RedisConnection.script(CREATE, sessionKey(id), logKey(id), SESSIONS)
                .arg(id)
                .arg(Codec.text(session.recipe()))
                .arg(session.owner())
                .arg(session.plays() == null ? "" : session.plays())
                .arg(lifetime.toMillis())
                .arg(expiry());
        session.inputs().forEach(input -> script.arg(Codec.text(input)));
        redis.send(script);
    }

    @Override
    public void append(String id, LoggedInput input) {
        String answer = redis.send(RedisConnection.script(APPEND, sessionKey(id), logKey(id), SESSIONS, leaseKey(id))
                        .arg(id)
                        .arg(lifetime.toMillis())
                        .arg(expiry())
                        .arg(self)
                        .arg(lease.toMillis())
                        .arg(input.index())
                        .arg(Codec.text(input)))
                .toString();
        switch (answer) {
            case "OK" -> {}
            case "GONE" -> throw new SessionGoneException();
            case "HELD" -> throw new LogConflictException("another replica owns the session");
            default -> throw new LogConflictException("input " + input.index() + " does not follow");
        }
    }

    @Override
    public Optional<Stored> load(String id) {
        Response kept = redis.send(Request.cmd(Command.HMGET).arg(sessionKey(id)).arg("recipe").arg("owner").arg("plays"));
        if (kept.get(0) == null) {
            return Optional.empty();
        }
        String plays = kept.get(2).toString();
        var stored = new Stored(Codec.recipe(kept.get(0).toString()), kept.get(1).toString(), plays.isEmpty() ? null : plays, inputs(id));
        if (!id.startsWith(Link.PLACE)) {
            redis.send(Request.cmd(Command.PEXPIRE).arg(sessionKey(id)).arg(lifetime.toMillis()));
            redis.send(Request.cmd(Command.PEXPIRE).arg(logKey(id)).arg(lifetime.toMillis()));
            redis.send(Request.cmd(Command.ZADD).arg(SESSIONS).arg(expiry()).arg(id));
        }
        return Optional.of(stored);
    }

    private List<LoggedInput> inputs(String id) {
        List<LoggedInput> inputs = new ArrayList<>();
        while (true) {
            Response page = redis.send(Request.cmd(Command.XRANGE)
                    .arg(logKey(id))
                    .arg("0-" + (inputs.size() + 1))
                    .arg("+")
                    .arg("COUNT")
                    .arg(INPUTS_AT_ONCE));
            page.forEach(entry -> inputs.add(Codec.input(entry.get(1).get(1).toString())));
            if (page.size() < INPUTS_AT_ONCE) {
                return List.copyOf(inputs);
            }
        }
    }

    @Override
    public boolean exists(String id) {
        return redis.send(Request.cmd(Command.EXISTS).arg(sessionKey(id))).toInteger() > 0;
    }

    @Override
    public int length(String id) {
        return redis.send(Request.cmd(Command.XLEN).arg(logKey(id))).toInteger();
    }

    @Override
    public boolean delete(String id) {
        boolean was = redis.send(Request.cmd(Command.DEL).arg(sessionKey(id))).toInteger() > 0;
        redis.send(Request.cmd(Command.DEL).arg(logKey(id)).arg(leaseKey(id)));
        redis.send(Request.cmd(Command.ZREM).arg(SESSIONS).arg(id));
        return was;
    }

    @Override
    public int size() {
        return redis.send(Request.cmd(Command.ZCOUNT).arg(SESSIONS).arg("(" + clock.millis()).arg("+inf")).toInteger();
    }

    // ---- links ----

    @Override
    public void createLink(Link link) {
        long expires = link.expires().toEpochMilli();
        link(link.id()).filter(old -> !old.session().equals(link.session()))
                .ifPresent(old -> redis.send(Request.cmd(Command.ZREM).arg(linksKey(old.session())).arg(old.id())));
        redis.send(Request.cmd(Command.HSET).arg(linkKey(link.id())).arg("session").arg(link.session()).arg("kind").arg(link.kind().name())
                .arg("expires").arg(expires));
        redis.send(Request.cmd(Command.PEXPIREAT).arg(linkKey(link.id())).arg(expires));
        redis.send(Request.cmd(Command.ZADD).arg(linksKey(link.session())).arg(expires).arg(link.id()));
        redis.send(Request.cmd(Command.PEXPIRE).arg(linksKey(link.session())).arg(lifetime.toMillis() + expires - clock.millis()));
        redis.send(Request.cmd(Command.PEXPIREAT).arg(sessionKey(link.place())).arg(expires));
        redis.send(Request.cmd(Command.PEXPIREAT).arg(logKey(link.place())).arg(expires));
    }

    @Override
    public Optional<Link> link(String id) {
        Response kept = redis.send(Request.cmd(Command.HMGET).arg(linkKey(id)).arg("session").arg("kind").arg("expires"));
        if (kept.get(0) == null) {
            return Optional.empty();
        }
        Instant expires = Instant.ofEpochMilli(kept.get(2).toLong());
        var link = new Link(id, kept.get(0).toString(), Link.Kind.valueOf(kept.get(1).toString()), expires);
        return Optional.of(link).filter(found -> found.expires().isAfter(clock.instant()));
    }

    @Override
    public List<Link> links(String session) {
        List<String> ids = new ArrayList<>();
        redis.send(Request.cmd(Command.ZRANGE).arg(linksKey(session)).arg(0).arg(-1)).forEach(id -> ids.add(id.toString()));
        return ids.stream().sorted().map(this::link).flatMap(Optional::stream).toList();
    }

    @Override
    public boolean deleteLink(String id) {
        link(id).ifPresent(link -> redis.send(Request.cmd(Command.ZREM).arg(linksKey(link.session())).arg(id)));
        return redis.send(Request.cmd(Command.DEL).arg(linkKey(id))).toInteger() > 0;
    }

    /** Redis forgets by itself; only the list of what there is does not. */
    @Override
    public void expire(Instant now) {
        redis.send(Request.cmd(Command.ZREMRANGEBYSCORE).arg(SESSIONS).arg("-inf").arg(now.toEpochMilli()));
    }

    // ---- leases ----

    @Override
    public Optional<String> claim(String session) {
        return other(claim(List.of(session)).get(0).toString());
    }

    @Override
    public Optional<String> holder(String session) {
        Response holder = redis.sendOptional(Request.cmd(Command.GET).arg(leaseKey(session))).orElse(null);
        return holder == null || holder.toString().equals(self) ? Optional.empty() : other(holder.toString());
    }

    private static Optional<String> other(String holder) {
        return holder.isEmpty() ? Optional.empty() : Optional.of(holder.substring(0, holder.indexOf('/')));
    }

    @Override
    public List<String> renew(Collection<String> sessions) {
        List<String> all = List.copyOf(sessions);
        List<String> lost = new ArrayList<>();
        if (!all.isEmpty()) {
            Response holders = claim(all);
            for (int i = 0; i < all.size(); i++) {
                if (!holders.get(i).toString().isEmpty()) {
                    lost.add(all.get(i));
                }
            }
        }
        return lost;
    }

    private Response claim(List<String> sessions) {
        String[] keys = sessions.stream().map(RedisStore::leaseKey).toArray(String[]::new);
        return redis.send(RedisConnection.script(CLAIM, keys).arg(self).arg(lease.toMillis()));
    }

    @Override
    public void release(String session) {
        redis.send(RedisConnection.script(RELEASE, leaseKey(session)).arg(self));
    }

    // ---- Redis ----

    private long expiry() {
        return clock.millis() + lifetime.toMillis();
    }

    private static String sessionKey(String id) {
        return PREFIX + "session:" + id;
    }

    private static String logKey(String id) {
        return PREFIX + "log:" + id;
    }

    private static String leaseKey(String id) {
        return PREFIX + "lease:" + id;
    }

    private static String linkKey(String id) {
        return PREFIX + "link:" + id;
    }

    private static String linksKey(String session) {
        return PREFIX + "links:" + session;
    }

    @Override
    public Documents documents() {
        return documents;
    }

    @Override
    public boolean isReady() {
        try {
            redis.send(Request.cmd(Command.PING));
            return true;
        } catch (StoreException e) {
            return false;
        }
    }

    /** The connection belongs to who gave it. */
    @Override
    public void close() {}
}
