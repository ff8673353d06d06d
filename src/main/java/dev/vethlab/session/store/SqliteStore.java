package dev.vethlab.session.store;

import static dev.vethlab.session.store.SqliteDatabase.bind;
import static dev.vethlab.session.store.SqliteDatabase.prepare;
import static dev.vethlab.session.store.SqliteDatabase.update;

import dev.vethlab.session.Documents;
import dev.vethlab.session.Link;
import dev.vethlab.session.LogConflictException;
import dev.vethlab.session.LoggedInput;
import dev.vethlab.session.SessionGoneException;
import dev.vethlab.session.SessionStore;
import dev.vethlab.session.StoreException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Sessions in one SQLite database below a data directory.
 *
 * <p><b>Why SQLite?</b> Of what can be embedded it is the one whose behaviour when a process or a machine dies is tested most, its file can
 * be read and copied by everybody's tools, and it holds millions of small rows in little memory. With a write-ahead log and {@code
 * synchronous=FULL} a transaction is on the disk when {@code COMMIT} returns; {@link GroupCommit} lets many appends share one.
 */
public final class SqliteStore implements SessionStore {
    /** {@code used} is written at most so often, to keep appends cheap. */
    private static final Duration USE_GRAIN = Duration.ofHours(1);

    private static final List<String> SCHEMA = List.of(
            """
            CREATE TABLE IF NOT EXISTS session (id TEXT PRIMARY KEY, recipe TEXT NOT NULL, owner TEXT NOT NULL, plays TEXT,
              length INTEGER NOT NULL, used INTEGER NOT NULL) WITHOUT ROWID
            """,
            """
            CREATE TABLE IF NOT EXISTS input (session TEXT NOT NULL, position INTEGER NOT NULL, input TEXT NOT NULL,
              PRIMARY KEY (session, position)) WITHOUT ROWID
            """,
            """
            CREATE TABLE IF NOT EXISTS link (id TEXT PRIMARY KEY, session TEXT NOT NULL, kind TEXT NOT NULL, expires INTEGER NOT NULL)
              WITHOUT ROWID
            """,
            SqliteDocuments.SCHEMA,
            "CREATE INDEX IF NOT EXISTS link_session ON link (session)",
            "CREATE INDEX IF NOT EXISTS session_used ON session (used)");

    private final SqliteDatabase database;
    private final SqliteDocuments documents;
    private final Clock clock;
    private final Duration lifetime;

    /**
     * Opens the database, or makes it.
     *
     * @param lifetime how long a session is kept after it was last used
     * @throws StoreException if it cannot be opened, or another process has
     */
    public SqliteStore(Path directory, Duration lifetime, Clock clock) {
        this.lifetime = lifetime;
        this.clock = clock;
        database = new SqliteDatabase(directory, SCHEMA);
        documents = new SqliteDocuments(database, clock);
    }

    // ---- sessions ----

    @Override
    public void create(String id, Stored session) {
        database.write(writer -> {
            update(writer, "INSERT INTO session VALUES (?, ?, ?, ?, ?, ?)", id, Codec.text(session.recipe()), session.owner(),
                    session.plays(), session.inputs().size(), now());
            try (var insert = writer.prepareStatement("INSERT INTO input VALUES (?, ?, ?)")) {
                for (LoggedInput input : session.inputs()) {
                    bind(insert, id, input.index(), Codec.text(input));
                    insert.addBatch();
                }
                insert.executeBatch();
            }
            return true;
        });
    }

    @Override
    public void append(String id, LoggedInput input) {
        String text = Codec.text(input);
        database.write(writer -> {
            int grown = update(writer, "UPDATE session SET length = length + 1 WHERE id = ? AND length = ?", id, input.index());
            if (grown == 0) {
                throw missing(writer, id, input);
            }
            update(writer, "INSERT INTO input VALUES (?, ?, ?)", id, input.index(), text);
            touch(writer, id);
            return true;
        });
    }

    private static RuntimeException missing(Connection writer, String id, LoggedInput input) throws SQLException {
        try (var query = prepare(writer, "SELECT 1 FROM session WHERE id = ?", id); ResultSet found = query.executeQuery()) {
            return found.next()
                    ? new LogConflictException("input " + input.index() + " does not follow")
                    : new SessionGoneException();
        }
    }

    private void touch(Connection writer, String id) throws SQLException {
        update(writer, "UPDATE session SET used = ? WHERE id = ? AND used < ?", now(), id, now() - USE_GRAIN.toMillis());
    }

    @Override
    public Optional<Stored> load(String id) {
        Optional<Stored> stored = database.read("SELECT recipe, owner, plays FROM session WHERE id = ?", row -> new Stored(
                        Codec.recipe(row.getString(1)), row.getString(2), row.getString(3), inputs(id)), id)
                .stream()
                .findFirst();
        if (stored.isPresent()) {
            database.write(writer -> {
                touch(writer, id);
                return true;
            });
        }
        return stored;
    }

    private List<LoggedInput> inputs(String id) {
        return database.read("SELECT input FROM input WHERE session = ? ORDER BY position", row -> Codec.input(row.getString(1)), id);
    }

    @Override
    public boolean exists(String id) {
        return !database.read("SELECT 1 FROM session WHERE id = ?", row -> true, id).isEmpty();
    }

    @Override
    public int length(String id) {
        return database.read("SELECT length FROM session WHERE id = ?", row -> row.getInt(1), id).stream().findFirst().orElse(0);
    }

    @Override
    public boolean delete(String id) {
        return database.write(writer -> {
            update(writer, "DELETE FROM input WHERE session = ?", id);
            return update(writer, "DELETE FROM session WHERE id = ?", id) > 0;
        });
    }

    @Override
    public int size() {
        return database.read("SELECT count(*) FROM session", row -> row.getInt(1)).getFirst();
    }

    // ---- links ----

    @Override
    public void createLink(Link link) {
        database.write(writer -> update(writer, "INSERT OR REPLACE INTO link VALUES (?, ?, ?, ?)", link.id(), link.session(), link.kind().name(),
                link.expires().toEpochMilli()));
    }

    @Override
    public Optional<Link> link(String id) {
        return links("SELECT id, session, kind, expires FROM link WHERE id = ? AND expires > ?", id).stream().findFirst();
    }

    @Override
    public List<Link> links(String session) {
        return links("SELECT id, session, kind, expires FROM link WHERE session = ? AND expires > ? ORDER BY id", session);
    }

    private List<Link> links(String query, String wanted) {
        return database.read(query, row -> new Link(row.getString(1), row.getString(2), Link.Kind.valueOf(row.getString(3)),
                Instant.ofEpochMilli(row.getLong(4))), wanted, now());
    }

    @Override
    public boolean deleteLink(String id) {
        return database.write(writer -> update(writer, "DELETE FROM link WHERE id = ?", id)) > 0;
    }

    @Override
    public void expire(Instant now) {
        long unused = now.minus(lifetime).toEpochMilli();
        database.write(writer -> {
            SqliteDocuments.expire(writer, now);
            update(writer, "DELETE FROM link WHERE expires <= ?", now.toEpochMilli());
            update(writer, "DELETE FROM session WHERE used <= ? AND id NOT IN (SELECT '" + Link.PLACE + "' || id FROM link)", unused);
            return update(writer, "DELETE FROM input WHERE session NOT IN (SELECT id FROM session)");
        });
    }

    // ---- the database ----

    private long now() {
        return clock.millis();
    }

    @Override
    public Documents documents() {
        return documents;
    }

    @Override
    public boolean isReady() {
        return database.isReady();
    }

    @Override
    public void close() {
        database.close();
    }
}
