package dev.vethlab.session.store;

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
import java.util.ArrayList;
import java.util.List;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteOpenMode;

/** One SQLite file: a connection that reads, one that writes for all ({@link GroupCommit}), and a lock against other processes. */
final class SqliteDatabase implements AutoCloseable {
    private static final String FILE = "vethlab.db";
    private static final String LOCK = "vethlab.lock";

    private final FileChannel lock;
    private final Connection reader;
    private final Connection writer;
    private final GroupCommit commits;

    /** Makes an object of a row. */
    interface Row<T> {
        T of(ResultSet row) throws SQLException;
    }

    /**
     * Opens the database, or makes it.
     *
     * @param schema statements that may be executed each time
     * @throws StoreException if it cannot be opened, or another process has
     */
    SqliteDatabase(Path directory, List<String> schema) {
        try {
            Files.createDirectories(directory);
            lock = FileChannel.open(directory.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (lock.tryLock() == null) {
                throw new IOException("another Vethlab uses the data directory " + directory.toAbsolutePath());
            }
            writer = open(directory);
            writer.setAutoCommit(false);
            try (Statement statement = writer.createStatement()) {
                for (String table : schema) {
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

    /** Waits until a change is safely on the disk. */
    <T> T write(GroupCommit.Change<T> change) {
        return commits.write(change);
    }

    <T> List<T> read(String query, Row<T> each, Object... values) {
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

    /** How many rows it changed. */
    static int update(Connection database, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = prepare(database, sql, values)) {
            return statement.executeUpdate();
        }
    }

    static PreparedStatement prepare(Connection database, String sql, Object... values) throws SQLException {
        PreparedStatement statement = database.prepareStatement(sql);
        bind(statement, values);
        return statement;
    }

    static void bind(PreparedStatement statement, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
    }

    boolean isReady() {
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
