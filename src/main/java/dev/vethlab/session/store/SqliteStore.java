package dev.vethlab.session.store;

import dev.vethlab.session.Link;
import dev.vethlab.session.LogConflictException;
import dev.vethlab.session.LoggedInput;
import dev.vethlab.session.SessionGoneException;
import dev.vethlab.session.SessionStore;
import dev.vethlab.session.StoreException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteOpenMode;

/**
 * Sessions in one SQLite database below a data directory.
 *
 * <p><b>Why SQLite?</b> Of what can be embedded it is the one whose behaviour when a process or a machine dies is tested most, its file can
 * be read and copied by everybody's tools, and it holds millions of small rows in little memory. With a write-ahead log and {@code
 * synchronous=FULL} a transaction is on the disk when {@code COMMIT} returns; {@link GroupCommit} lets many appends share one.
 */
public final class SqliteStore implements SessionStore {
    private static final String FILE = "vethlab.db";
    private static final String LOCK = "vethlab.lock";

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
            "CREATE INDEX IF NOT EXISTS link_session ON link (session)",
            "CREATE INDEX IF NOT EXISTS session_used ON session (used)");

    private final Clock clock;
    private final Duration lifetime;
    private final FileChannel lock;
    private final Connection reader;
    private final Connection writer;
    private final GroupCommit commits;

    /**
     * Opens the database, or makes it.
     *
     * @param lifetime how long a session is kept after it was last used
     * @throws StoreException if it cannot be opened, or another process has
     */
    public SqliteStore(Path directory, Duration lifetime, Clock clock) {
        this.lifetime = lifetime;
        this.clock = clock;
        try {
            Files.createDirectories(directory);
            lock = FileChannel.open(directory.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (lock.tryLock() == null) {
                throw new IOException("another Vethlab uses the data directory " + directory.toAbsolutePath());
            }
            writer = open(directory);
            writer.setAutoCommit(false);
            try (Statement statement = writer.createStatement()) {
                for (String table : SCHEMA) {
                    statement.execute(table);
                }
            }
            writer.commit();
            reader = open(directory);
        } catch (IOException | SQLException e) {
            throw new StoreException(e);
        }
        commits = new GroupCommit(writer);
    }

    private static Connection open(Path directory) throws SQLException {
        var config = new SQLiteConfig();
        config.setJournalMode(JournalMode.WAL);
        config.setSynchronous(SynchronousMode.FULL);
        config.resetOpenMode(SQLiteOpenMode.OPEN_URI);
        return config.createConnection("jdbc:sqlite:" + directory.resolve(FILE));
    }

    // ---- sessions ----

    @Override
    public void create(String id, Stored session) {
        commits.write(database -> {
            update(database, "INSERT INTO session VALUES (?, ?, ?, ?, ?, ?)", id, Codec.text(session.recipe()), session.owner(),
                    session.plays(), session.inputs().size(), now());
            try (var insert = database.prepareStatement("INSERT INTO input VALUES (?, ?, ?)")) {
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
        commits.write(database -> {
            int grown = update(database, "UPDATE session SET length = length + 1 WHERE id = ? AND length = ?", id, input.index());
            if (grown == 0) {
                throw missing(database, id, input);
            }
            update(database, "INSERT INTO input VALUES (?, ?, ?)", id, input.index(), text);
            touch(database, id);
            return true;
        });
    }

    private static RuntimeException missing(Connection database, String id, LoggedInput input) throws SQLException {
        try (var query = prepare(database, "SELECT 1 FROM session WHERE id = ?", id); ResultSet found = query.executeQuery()) {
            return found.next()
                    ? new LogConflictException("input " + input.index() + " does not follow")
                    : new SessionGoneException();
        }
    }

    private void touch(Connection database, String id) throws SQLException {
        update(database, "UPDATE session SET used = ? WHERE id = ? AND used < ?", now(), id, now() - USE_GRAIN.toMillis());
    }

    @Override
    public Optional<Stored> load(String id) {
        Optional<Stored> stored = read("SELECT recipe, owner, plays FROM session WHERE id = ?", row -> new Stored(
                        Codec.recipe(row.getString(1)), row.getString(2), row.getString(3), inputs(id)), id)
                .stream()
                .findFirst();
        if (stored.isPresent()) {
            commits.write(database -> {
                touch(database, id);
                return true;
            });
        }
        return stored;
    }

    private List<LoggedInput> inputs(String id) {
        return read("SELECT input FROM input WHERE session = ? ORDER BY position", row -> Codec.input(row.getString(1)), id);
    }

    @Override
    public boolean exists(String id) {
        return !read("SELECT 1 FROM session WHERE id = ?", row -> true, id).isEmpty();
    }

    @Override
    public boolean delete(String id) {
        return commits.write(database -> {
            update(database, "DELETE FROM input WHERE session = ?", id);
            return update(database, "DELETE FROM session WHERE id = ?", id) > 0;
        });
    }

    @Override
    public int size() {
        return read("SELECT count(*) FROM session", row -> row.getInt(1)).getFirst();
    }

    // ---- links ----

    @Override
    public void createLink(Link link) {
        commits.write(database -> update(database, "INSERT INTO link VALUES (?, ?, ?, ?)", link.id(), link.session(), link.kind().name(),
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
        return read(query, row -> new Link(row.getString(1), row.getString(2), Link.Kind.valueOf(row.getString(3)),
                Instant.ofEpochMilli(row.getLong(4))), wanted, now());
    }

    @Override
    public boolean deleteLink(String id) {
        return commits.write(database -> update(database, "DELETE FROM link WHERE id = ?", id)) > 0;
    }

    @Override
    public void expire(Instant now) {
        long unused = now.minus(lifetime).toEpochMilli();
        commits.write(database -> {
            update(database, "DELETE FROM link WHERE expires <= ?", now.toEpochMilli());
            update(database, "DELETE FROM session WHERE used <= ? AND id NOT IN (SELECT '" + Link.PLACE + "' || id FROM link)", unused);
            return update(database, "DELETE FROM input WHERE session NOT IN (SELECT id FROM session)");
        });
    }

    // ---- the database ----

    private long now() {
        return clock.millis();
    }

    private interface Row<T> {
        T of(ResultSet row) throws SQLException;
    }

    private <T> List<T> read(String query, Row<T> each, Object... values) {
        synchronized (reader) {
            try (var statement = prepare(reader, query, values); ResultSet rows = statement.executeQuery()) {
                List<T> found = new ArrayList<>();
                while (rows.next()) {
                    found.add(each.of(rows));
                }
                return found;
            } catch (SQLException e) {
                throw new StoreException(e);
            }
        }
    }

    private static int update(Connection database, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = prepare(database, sql, values)) {
            return statement.executeUpdate();
        }
    }

    private static PreparedStatement prepare(Connection database, String sql, Object... values) throws SQLException {
        PreparedStatement statement = database.prepareStatement(sql);
        bind(statement, values);
        return statement;
    }

    private static void bind(PreparedStatement statement, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
    }

    @Override
    public boolean isReady() {
        try {
            return reader.isValid(1);
        } catch (SQLException e) {
            return false;
        }
    }

    @Override
    public void close() {
        commits.close();
        try {
            reader.close();
            writer.close();
            lock.close();
        } catch (IOException | SQLException e) {
            throw new StoreException(e);
        }
    }
}
