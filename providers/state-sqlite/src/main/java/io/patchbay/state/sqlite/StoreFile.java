// SPDX-License-Identifier: Apache-2.0
package io.patchbay.state.sqlite;

import io.patchbay.provider.Durability;
import io.patchbay.provider.ProviderException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * The SQLite file: how it is opened, its schema (version 1), and what its errors mean to an operator.
 *
 * <p>Keys and values are stored as UTF-8 BLOBs: they compare by bytes and may hold NUL. {@code usage} holds the sums that
 * the quota is checked against, kept in the same transaction as the entries.
 */
final class StoreFile {
    private static final int APPLICATION_ID = 0x50624373;
    private static final int SCHEMA_VERSION = 1;
    private static final String[] SCHEMA = {
        "CREATE TABLE store (id TEXT NOT NULL)",
        "CREATE TABLE entries (plugin TEXT NOT NULL, tenant INTEGER NOT NULL, key BLOB NOT NULL, value BLOB NOT NULL,"
                + " PRIMARY KEY (plugin, tenant, key))",
        "CREATE TABLE usage (plugin TEXT NOT NULL, tenant INTEGER NOT NULL, keys INTEGER NOT NULL,"
                + " bytes INTEGER NOT NULL, PRIMARY KEY (plugin, tenant)) WITHOUT ROWID",
    };

    private final Path path;
    private final Durability durability;

    StoreFile(Path path, Durability durability) {
        this.path = path;
        this.durability = durability;
    }

    Connection connect(boolean writer) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(
                durability == Durability.POWER
                        ? SQLiteConfig.SynchronousMode.FULL
                        : SQLiteConfig.SynchronousMode.NORMAL);
        config.setBusyTimeout(1_000);
        config.setReadOnly(false);
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + path);
        Connection connection = source.getConnection();
        if (!writer) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("PRAGMA query_only=ON");
            } catch (SQLException e) {
                connection.close();
                throw e;
            }
        }
        return connection;
    }

    /**
     * Checks the file and makes the schema in a new one.
     *
     * @param connection the writer's
     * @return the store's id
     */
    UUID prepare(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            int version = number(statement, "PRAGMA user_version");
            int application = number(statement, "PRAGMA application_id");
            int tables = number(statement, "SELECT count(*) FROM sqlite_schema");
            if (tables == 0 && version == 0) {
                create(connection, statement);
            } else if (application != APPLICATION_ID) {
                throw new ProviderException(path + " is not a Patchbay state store; move it away or name another data"
                        + " folder. The file was left as it is");
            } else if (version != SCHEMA_VERSION) {
                throw new ProviderException(path + " has schema version " + version + ", this bundle knows "
                        + SCHEMA_VERSION + "; use the Patchbay version that wrote it. The file was left as it is");
            }
            checkPages(statement);
            try (ResultSet row = statement.executeQuery("SELECT id FROM store")) {
                if (!row.next()) {
                    throw new ProviderException(damaged("it has lost its store id"));
                }
                return UUID.fromString(row.getString(1));
            }
        } catch (IllegalArgumentException e) {
            throw new ProviderException(damaged("its store id is not a UUID"), e);
        }
    }

    private static void create(Connection connection, Statement statement) throws SQLException {
        Transaction transaction = new Transaction(connection);
        transaction.beginWrite();
        for (String sql : SCHEMA) {
            statement.execute(sql);
        }
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO store (id) VALUES (?)")) {
            insert.setString(1, UUID.randomUUID().toString());
            insert.executeUpdate();
        }
        statement.execute("PRAGMA application_id=" + APPLICATION_ID);
        statement.execute("PRAGMA user_version=" + SCHEMA_VERSION);
        transaction.commit();
    }

    private void checkPages(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("PRAGMA quick_check(1)")) {
            String verdict = row.next() ? row.getString(1) : "no answer";
            if (!"ok".equals(verdict)) {
                throw new ProviderException(damaged(verdict));
            }
        }
    }

    private static int number(Statement statement, String sql) throws SQLException {
        try (ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? row.getInt(1) : 0;
        }
    }

    private String damaged(String how) {
        return "the state store " + path + " is damaged (" + how
                + "); restore it from a backup. The file was left as it is and nothing is read from or written to it";
    }

    /**
     * Says what an error of SQLite means and what an operator can do.
     *
     * @param error what the driver threw
     * @return the exception for the patch bay
     */
    ProviderException explain(SQLException error) {
        SQLiteErrorCode code =
                error instanceof SQLiteException sqlite ? sqlite.getResultCode() : SQLiteErrorCode.SQLITE_ERROR;
        String name = code.name();
        if (name.startsWith("SQLITE_CORRUPT") || code == SQLiteErrorCode.SQLITE_NOTADB) {
            return new ProviderException(damaged(name), error);
        }
        if (code == SQLiteErrorCode.SQLITE_FULL
                || name.equals("SQLITE_IOERR_WRITE")
                || name.equals("SQLITE_IOERR_SHMSIZE")) {
            return new ProviderException(
                    "no space left for the state store " + path + "; free some. Nothing of this write was stored",
                    error);
        }
        if (name.startsWith("SQLITE_READONLY") || code == SQLiteErrorCode.SQLITE_CANTOPEN) {
            return new ProviderException(
                    "the state store " + path + " cannot be written; check its owner and mode", error);
        }
        if (name.startsWith("SQLITE_BUSY") || name.startsWith("SQLITE_LOCKED")) {
            return new ProviderException(
                    "the state store " + path + " is locked by another process; it has one owner only", error);
        }
        return new ProviderException("the state store " + path + " failed: " + name, error);
    }

    Path path() {
        return path;
    }

    Durability durability() {
        return durability;
    }
}
