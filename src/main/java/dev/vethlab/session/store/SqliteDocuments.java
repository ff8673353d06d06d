package dev.vethlab.session.store;

import dev.vethlab.session.Documents;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Documents as rows of one table. */
final class SqliteDocuments implements Documents {
    static final String SCHEMA = """
            CREATE TABLE IF NOT EXISTS document (folder TEXT NOT NULL, key TEXT NOT NULL, version INTEGER NOT NULL, text TEXT NOT NULL,
              expires INTEGER NOT NULL, PRIMARY KEY (folder, key)) WITHOUT ROWID
            """;

    private static final SqliteDatabase.Row<Document> ROW = row -> new Document(row.getString(1), row.getLong(2), row.getString(3));

    private final SqliteDatabase database;
    private final Clock clock;

    SqliteDocuments(SqliteDatabase database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    @Override
    public Optional<Document> get(String folder, String key) {
        return database.read("SELECT key, version, text FROM document WHERE folder = ? AND key = ? AND expires > ?", ROW, folder, key,
                clock.millis()).stream().findFirst();
    }

    @Override
    public List<Document> all(String folder) {
        return database.read("SELECT key, version, text FROM document WHERE folder = ? AND expires > ? ORDER BY key", ROW, folder,
                clock.millis());
    }

    @Override
    public boolean put(String folder, Document document, Instant expires) {
        return database.write(writer -> {
            SqliteDatabase.update(writer, "DELETE FROM document WHERE folder = ? AND key = ? AND expires <= ?", folder, document.key(),
                    clock.millis());
            int put = document.version() == 0
                    ? SqliteDatabase.update(writer, "INSERT OR IGNORE INTO document VALUES (?, ?, 1, ?, ?)", folder, document.key(),
                            document.text(), expires.toEpochMilli())
                    : SqliteDatabase.update(writer, "UPDATE document SET version = version + 1, text = ?, expires = ? WHERE folder = ? AND "
                                    + "key = ? AND version = ?", document.text(), expires.toEpochMilli(), folder, document.key(),
                            document.version());
            return put > 0;
        });
    }

    @Override
    public boolean delete(String folder, String key) {
        return database.write(writer -> SqliteDatabase.update(writer, "DELETE FROM document WHERE folder = ? AND key = ? AND expires > ?",
                folder, key, clock.millis())) > 0;
    }

    /** Forgets what has expired. */
    static void expire(Connection writer, Instant now) throws SQLException {
        SqliteDatabase.update(writer, "DELETE FROM document WHERE expires <= ?", now.toEpochMilli());
    }
}
