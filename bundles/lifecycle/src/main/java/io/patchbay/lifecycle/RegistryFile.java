// SPDX-License-Identifier: Apache-2.0
package io.patchbay.lifecycle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.sqlite.JDBC;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteException;

/**
 * Opens the registry's file: makes it with its schema, or checks the one that is there. A file that is damaged, of a newer
 * version or not ours is refused and left as it is.
 *
 * <p>A new registry is made under another name and renamed, so that an empty {@code registry.db} is always damage.
 */
final class RegistryFile {
    /** What {@code PRAGMA user_version} says. */
    static final int SCHEMA_VERSION = 2;

    /** What makes each schema of the one before; a later schema only adds. Every one is carried out whole or not at all. */
    private static final List<List<String>> STEPS = List.of(
            List.of(
                    "CREATE TABLE plugins (id TEXT PRIMARY KEY, enabled INTEGER NOT NULL, disabled_why TEXT NOT NULL,"
                            + " newest TEXT NOT NULL, serving TEXT) STRICT, WITHOUT ROWID",
                    "CREATE TABLE releases (plugin TEXT NOT NULL REFERENCES plugins(id) DEFERRABLE INITIALLY DEFERRED,"
                            + " digest TEXT NOT NULL, version TEXT NOT NULL, archive TEXT NOT NULL,"
                            + " size INTEGER NOT NULL, development INTEGER NOT NULL, installed_at TEXT NOT NULL,"
                            + " installed_by TEXT NOT NULL, descriptor TEXT NOT NULL, PRIMARY KEY (plugin, digest))"
                            + " STRICT, WITHOUT ROWID",
                    "CREATE TABLE decisions (plugin TEXT NOT NULL REFERENCES plugins(id) DEFERRABLE INITIALLY DEFERRED,"
                            + " service TEXT NOT NULL, method TEXT NOT NULL, resources TEXT NOT NULL,"
                            + " granted INTEGER NOT NULL, decided_by TEXT NOT NULL, decided_at TEXT NOT NULL,"
                            + " digest TEXT NOT NULL, PRIMARY KEY (plugin, service, method)) STRICT, WITHOUT ROWID",
                    "CREATE TABLE owners (kind TEXT NOT NULL, plugin TEXT NOT NULL, store TEXT NOT NULL,"
                            + " durability TEXT NOT NULL, provider TEXT NOT NULL, recorded_at TEXT NOT NULL,"
                            + " PRIMARY KEY (kind, plugin)) STRICT, WITHOUT ROWID",
                    "CREATE TABLE migrations (id INTEGER PRIMARY KEY, kind TEXT NOT NULL, plugin TEXT NOT NULL,"
                            + " source_store TEXT NOT NULL, source_durability TEXT NOT NULL,"
                            + " source_provider TEXT NOT NULL, target_store TEXT NOT NULL,"
                            + " target_durability TEXT NOT NULL, target_provider TEXT NOT NULL, mode TEXT NOT NULL,"
                            + " overwrite INTEGER NOT NULL, phase TEXT NOT NULL, keys INTEGER NOT NULL,"
                            + " bytes INTEGER NOT NULL, digest TEXT NOT NULL, took_ms INTEGER NOT NULL,"
                            + " held_ms INTEGER NOT NULL, detail TEXT NOT NULL, actor TEXT NOT NULL,"
                            + " started_at TEXT NOT NULL, changed_at TEXT NOT NULL) STRICT",
                    "CREATE TABLE settings (scope TEXT NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL,"
                            + " PRIMARY KEY (scope, name)) STRICT, WITHOUT ROWID"),
            List.of(
                    "ALTER TABLE plugins ADD COLUMN fresh INTEGER NOT NULL DEFAULT 0",
                    "ALTER TABLE plugins ADD COLUMN way_in TEXT NOT NULL DEFAULT 'command'",
                    // Every tenant was let in before; what somebody uses is not taken away by a new version.
                    "ALTER TABLE plugins ADD COLUMN install_mode TEXT NOT NULL DEFAULT 'global'",
                    "ALTER TABLE releases ADD COLUMN served_since TEXT NOT NULL DEFAULT ''",
                    "UPDATE releases SET served_since = installed_at WHERE EXISTS"
                            + " (SELECT 1 FROM plugins WHERE id = plugin AND serving = digest)",
                    "ALTER TABLE decisions ADD COLUMN by_policy INTEGER NOT NULL DEFAULT 0",
                    "CREATE TABLE release_decisions (plugin TEXT NOT NULL REFERENCES plugins(id)"
                            + " DEFERRABLE INITIALLY DEFERRED, digest TEXT NOT NULL, service TEXT NOT NULL,"
                            + " method TEXT NOT NULL, resources TEXT NOT NULL, granted INTEGER NOT NULL,"
                            + " decided_by TEXT NOT NULL, decided_at TEXT NOT NULL, decided_for TEXT NOT NULL,"
                            + " by_policy INTEGER NOT NULL, PRIMARY KEY (plugin, digest, service, method))"
                            + " STRICT, WITHOUT ROWID",
                    "INSERT INTO release_decisions SELECT d.plugin, p.serving, d.service, d.method, d.resources,"
                            + " d.granted, d.decided_by, d.decided_at, d.digest, 0 FROM decisions d"
                            + " JOIN plugins p ON p.id = d.plugin WHERE p.serving IS NOT NULL",
                    "CREATE TABLE tenants (plugin TEXT NOT NULL REFERENCES plugins(id) DEFERRABLE INITIALLY DEFERRED,"
                            + " tenant INTEGER NOT NULL, enabled INTEGER NOT NULL, PRIMARY KEY (plugin, tenant))"
                            + " STRICT, WITHOUT ROWID",
                    "CREATE TABLE purges (plugin TEXT PRIMARY KEY, asked_by TEXT NOT NULL, asked_at TEXT NOT NULL)"
                            + " STRICT, WITHOUT ROWID",
                    "CREATE TABLE outbox (sequence INTEGER PRIMARY KEY, line TEXT NOT NULL) STRICT"));

    private static final List<Set<String>> TABLES = List.of(
            Set.of("plugins", "releases", "decisions", "owners", "migrations", "settings"),
            Set.of("release_decisions", "tenants", "purges", "outbox"));
    private static final int BUSY_TIMEOUT_MS = 5_000;

    private RegistryFile() {}

    /**
     * Opens the registry for reading and writing, made when it is missing.
     *
     * @throws RegistryException damaged, newer, not ours, or the disk is full
     */
    static Connection open(Path file) throws RegistryException {
        try {
            if (!Files.exists(file)) {
                make(file);
            }
            refuseEmpty(file);
            Connection connection = connect("jdbc:sqlite:" + file, config());
            return upToDate(connection, checked(file, connection));
        } catch (SQLException failure) {
            throw failed(file, failure);
        } catch (IOException failure) {
            throw new RegistryException(
                    "registry " + Texts.quoted(file) + " cannot be made: " + Texts.reason(failure), failure);
        }
    }

    /**
     * Opens an existing registry on a medium that cannot be written.
     *
     * @throws RegistryException damaged, newer, not ours, or with changes that would have to be merged first
     */
    static Connection openReadOnly(Path file) throws RegistryException {
        try {
            refuseEmpty(file);
            Path journal = file.resolveSibling(file.getFileName() + "-wal");
            if (Files.exists(journal) && Files.size(journal) > 0) {
                throw new RegistryException("registry " + Texts.quoted(file)
                        + " has changes that are not merged yet and its folder cannot be written:"
                        + " start a node on it once where it can be written");
            }
            SQLiteConfig config = new SQLiteConfig();
            config.setReadOnly(true);
            // immutable: without it SQLite would want to write a journal beside the file.
            Connection connection = connect("jdbc:sqlite:" + file.toUri() + "?immutable=1", config);
            return current(file, connection, checked(file, connection));
        } catch (SQLException failure) {
            throw failed(file, failure);
        } catch (IOException failure) {
            throw new RegistryException(
                    "registry " + Texts.quoted(file) + " cannot be read: " + Texts.reason(failure), failure);
        }
    }

    /** What a failure of the database means to an operator. */
    static RegistryException failed(Path file, SQLException failure) {
        String where = "registry " + Texts.quoted(file);
        if (!(failure instanceof SQLiteException sqlite)) {
            return new RegistryException(where + " failed: " + Texts.reason(failure), failure);
        }
        return switch (sqlite.getResultCode()) {
            case SQLITE_FULL, SQLITE_IOERR_SHMSIZE, SQLITE_IOERR_WRITE ->
                new RegistryException(
                        where + " cannot be written: no space left; nothing was changed, make room and try again",
                        failure);
            case SQLITE_CORRUPT, SQLITE_NOTADB, SQLITE_CORRUPT_SEQUENCE, SQLITE_CORRUPT_INDEX, SQLITE_CORRUPT_VTAB ->
                damaged(file, Texts.reason(failure));
            case SQLITE_READONLY, SQLITE_READONLY_DIRECTORY, SQLITE_READONLY_DBMOVED ->
                new RegistryException(where + " cannot be written: it is read-only", failure);
            default -> new RegistryException(where + " failed: " + Texts.reason(failure), failure);
        };
    }

    private static RegistryException damaged(Path file, String how) {
        return new RegistryException("registry " + Texts.quoted(file) + " is damaged (" + how
                + "); it was left as it is: restore a backup, or move the data folder away to start anew");
    }

    private static SQLiteConfig config() {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.enforceForeignKeys(true);
        config.setBusyTimeout(BUSY_TIMEOUT_MS);
        return config;
    }

    private static Connection connect(String url, SQLiteConfig config) throws SQLException {
        SqliteDriver.load();
        Properties properties = config.toProperties();
        Connection connection = JDBC.createConnection(url, properties);
        SqliteDriver.forget();
        return connection;
    }

    private static void make(Path file) throws SQLException, IOException {
        Path unfinished = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(unfinished);
        Files.deleteIfExists(unfinished.resolveSibling(unfinished.getFileName() + "-journal"));
        SQLiteConfig config = new SQLiteConfig();
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        try (Connection connection = connect("jdbc:sqlite:" + unfinished, config);
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            for (int version = 1; version <= SCHEMA_VERSION; version++) {
                advance(statement, version);
            }
            connection.commit();
        }
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        Path folder = file.getParent();
        if (folder != null) {
            FolderLayout.syncFolder(folder);
        }
    }

    private static void refuseEmpty(Path file) throws IOException, RegistryException {
        if (!Files.isRegularFile(file)) {
            throw new RegistryException("registry " + Texts.quoted(file) + " is not a file");
        }
        if (Files.size(file) == 0) {
            throw damaged(file, "it is empty");
        }
    }

    /** Takes a schema from the version before to this one; the caller's transaction makes it all or nothing. */
    private static void advance(Statement statement, int version) throws SQLException {
        for (String step : STEPS.get(version - 1)) {
            statement.execute(step);
        }
        statement.execute("PRAGMA user_version = " + version);
    }

    /** Brings an older registry up to this version, whole or not at all. */
    private static Connection upToDate(Connection connection, int version) throws SQLException {
        if (version == SCHEMA_VERSION) {
            return connection;
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            for (int next = version + 1; next <= SCHEMA_VERSION; next++) {
                advance(statement, next);
            }
            statement.execute("COMMIT");
            return connection;
        } catch (SQLException failure) {
            // Closing rolls back what was begun.
            connection.close();
            throw failure;
        }
    }

    private static Connection current(Path file, Connection connection, int version)
            throws SQLException, RegistryException {
        if (version == SCHEMA_VERSION) {
            return connection;
        }
        connection.close();
        throw new RegistryException("registry " + Texts.quoted(file) + " is of an older version (schema " + version
                + ") and its folder cannot be written: start a node on it once where it can be written");
    }

    /** Checks a registry that was opened, and closes it when it is refused; gives its version. */
    private static int checked(Path file, Connection connection) throws SQLException, RegistryException {
        try (Statement statement = connection.createStatement()) {
            int version = number(statement, "PRAGMA user_version");
            if (version > SCHEMA_VERSION) {
                throw new RegistryException(
                        "registry " + Texts.quoted(file) + " was written by a newer Patchbay (schema "
                                + version + ", this one knows " + SCHEMA_VERSION
                                + "); it was left as it is: start the newer version, or restore a backup made before");
            }
            Set<String> tables = new HashSet<>();
            try (ResultSet rows = statement.executeQuery("SELECT name FROM sqlite_schema WHERE type = 'table'")) {
                while (rows.next()) {
                    tables.add(rows.getString(1));
                }
            }
            if (version < 1 || !tables.containsAll(tables(version))) {
                throw damaged(file, "its tables are not those of schema " + Math.max(1, version));
            }
            try (ResultSet rows = statement.executeQuery("PRAGMA quick_check(1)")) {
                String verdict = rows.next() ? rows.getString(1) : "no answer";
                if (!verdict.equals("ok")) {
                    throw damaged(file, verdict);
                }
            }
            return version;
        } catch (SQLException | RegistryException failure) {
            connection.close();
            throw failure;
        }
    }

    private static Set<String> tables(int version) {
        Set<String> tables = new HashSet<>();
        TABLES.subList(0, version).forEach(tables::addAll);
        return tables;
    }

    private static int number(Statement statement, String query) throws SQLException {
        try (ResultSet rows = statement.executeQuery(query)) {
            return rows.next() ? rows.getInt(1) : 0;
        }
    }
}
