// SPDX-License-Identifier: Apache-2.0
package io.patchbay.state.jdbc;

import io.patchbay.provider.ProviderException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * The tables in the database: made, migrated and recognized.
 *
 * <p>{@code patchbay_state_store} has one row: whose tables these are, their version, and the store's id. It is written
 * last, so a half-made schema is made to the end by the next who connects, and two nodes that start together make one.
 */
final class Schema {
    private static final String APPLICATION = "patchbay-state";
    private static final int ATTEMPTS = 5;

    /** The row of {@code patchbay_state_store}. */
    record Store(String application, int version, String id) {}

    /** What each version adds to the one before it; version 1 is the first. Every statement may be run twice. */
    private static final List<Function<Dialect, List<String>>> VERSIONS = List.of(dialect -> List.of(
            "CREATE TABLE IF NOT EXISTS patchbay_state_store (row_no SMALLINT PRIMARY KEY CHECK (row_no=1),"
                    + " application VARCHAR(40) NOT NULL, version INTEGER NOT NULL, id VARCHAR(36) NOT NULL)",
            "CREATE TABLE IF NOT EXISTS patchbay_state_usage (plugin VARCHAR(64) NOT NULL, tenant INTEGER NOT NULL,"
                    + " keys_held BIGINT NOT NULL, bytes_held BIGINT NOT NULL, PRIMARY KEY (plugin, tenant))",
            "CREATE TABLE IF NOT EXISTS patchbay_state_entries (plugin VARCHAR(64) NOT NULL, tenant INTEGER NOT NULL,"
                    + " state_key " + dialect.keyType() + " NOT NULL, state_value " + dialect.valueType()
                    + " NOT NULL, PRIMARY KEY (plugin, tenant, state_key))"));

    private final Dialect dialect;
    private final DatabaseTrouble trouble;
    private final List<Function<Dialect, List<String>>> versions;

    Schema(Dialect dialect, DatabaseTrouble trouble) {
        this(dialect, trouble, VERSIONS);
    }

    Schema(Dialect dialect, DatabaseTrouble trouble, List<Function<Dialect, List<String>>> versions) {
        this.dialect = dialect;
        this.trouble = trouble;
        this.versions = List.copyOf(versions);
    }

    static List<Function<Dialect, List<String>>> versions() {
        return VERSIONS;
    }

    /**
     * Makes the tables where there are none and brings older ones up to date.
     *
     * @return the store's id
     * @throws ProviderException when the tables are somebody else's or newer than this bundle; nothing is changed then
     */
    UUID prepare(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        try {
            for (int attempt = 1; ; attempt++) {
                try {
                    UUID id = prepareOnce(connection);
                    connection.commit();
                    return id;
                } catch (SQLException e) {
                    connection.rollback();
                    // Another node made the same table or row at the same time: look again.
                    if (attempt == ATTEMPTS || !(DatabaseTrouble.isDuplicate(e) || trouble.isCollision(e))) {
                        throw e;
                    }
                } catch (ProviderException refused) {
                    connection.rollback();
                    throw refused;
                }
            }
        } finally {
            connection.setAutoCommit(true);
        }
    }

    private UUID prepareOnce(Connection connection) throws SQLException {
        Optional<Store> found = find(connection, "");
        if (found.isEmpty()) {
            make(connection);
            found = find(connection, "");
        }
        Store store = check(found.orElseThrow(() -> damaged("patchbay_state_store is empty")));
        if (store.version() < versions.size()) {
            migrate(connection);
        }
        return id(store);
    }

    /** The id of the store behind a connection, of any version that this bundle can work with. */
    UUID idBehind(Connection connection) throws SQLException {
        return id(check(find(connection, "").orElseThrow(() -> damaged("its tables are gone"))));
    }

    private Optional<Store> find(Connection connection, String locked) throws SQLException {
        // In this order: the others are never there before the store's own table is, even when a node makes them just
        // now.
        boolean others = exists(connection, "patchbay_state_entries") || exists(connection, "patchbay_state_usage");
        if (!exists(connection, "patchbay_state_store")) {
            if (others) {
                throw foreign("it has tables patchbay_state_* but no patchbay_state_store");
            }
            return Optional.empty();
        }
        try (Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("SELECT application, version, id FROM patchbay_state_store" + locked)) {
            return row.next()
                    ? Optional.of(new Store(row.getString(1), row.getInt(2), row.getString(3)))
                    : Optional.empty();
        } catch (SQLException e) {
            if (DatabaseTrouble.isUndefinedColumn(e)) {
                throw foreign("its table patchbay_state_store has other columns");
            }
            throw e;
        }
    }

    /** A failed statement ends a transaction of PostgreSQL, but not what came before its savepoint. */
    private static boolean exists(Connection connection, String table) throws SQLException {
        Savepoint before = connection.getAutoCommit() ? null : connection.setSavepoint();
        try (Statement statement = connection.createStatement();
                ResultSet none = statement.executeQuery("SELECT 1 FROM " + table + " WHERE 1=0")) {
            return !none.next();
        } catch (SQLException e) {
            if (!DatabaseTrouble.isUndefinedTable(e)) {
                throw e;
            }
            if (before != null) {
                connection.rollback(before);
            }
            return false;
        }
    }

    private void make(Connection connection) throws SQLException {
        for (Function<Dialect, List<String>> version : versions) {
            run(connection, version);
        }
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO patchbay_state_store (row_no, application, version, id) VALUES (1,?,?,?)")) {
            insert.setString(1, APPLICATION);
            insert.setInt(2, versions.size());
            insert.setString(3, UUID.randomUUID().toString());
            insert.executeUpdate();
        }
    }

    private void migrate(Connection connection) throws SQLException {
        int from = find(connection, " FOR UPDATE")
                .orElseThrow(() -> damaged("patchbay_state_store is empty"))
                .version();
        for (int version = from + 1; version <= versions.size(); version++) {
            run(connection, versions.get(version - 1));
        }
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate(
                    "UPDATE patchbay_state_store SET version=" + versions.size() + " WHERE version<" + versions.size());
        }
    }

    private void run(Connection connection, Function<Dialect, List<String>> version) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : version.apply(dialect)) {
                statement.execute(sql);
            }
        }
    }

    private Store check(Store store) {
        if (!APPLICATION.equals(store.application())) {
            throw foreign("its table patchbay_state_store is not of this application");
        }
        if (store.version() > versions.size() || store.version() < 1) {
            throw new ProviderException(
                    "the state tables in " + trouble.address().shown() + " have schema version "
                            + store.version() + ", this bundle knows 1 to " + versions.size()
                            + "; use the Patchbay version that wrote them. Nothing was changed");
        }
        return store;
    }

    private UUID id(Store store) {
        try {
            return UUID.fromString(store.id());
        } catch (IllegalArgumentException e) {
            throw damaged("its store id is not a UUID");
        }
    }

    private ProviderException foreign(String why) {
        return new ProviderException("the database " + trouble.address().shown() + " is not a Patchbay state store: "
                + why + "; name another database or schema. Nothing was changed");
    }

    private ProviderException damaged(String why) {
        return new ProviderException("the state store in " + trouble.address().shown() + " is damaged: " + why
                + "; restore it from a backup. Nothing was changed");
    }
}
