// SPDX-License-Identifier: Apache-2.0
package io.patchbay.state.jdbc;

import io.patchbay.provider.Durability;
import io.patchbay.provider.ProviderException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/** Where the databases differ: types, the upsert, session settings, and what a commit survives. */
enum Dialect {
    /** PostgreSQL. */
    POSTGRESQL("BYTEA", "BYTEA") {
        @Override
        String upsert() {
            return "INSERT INTO patchbay_state_entries (plugin, tenant, state_key, state_value) VALUES (?,?,?,?)"
                    + " ON CONFLICT (plugin, tenant, state_key) DO UPDATE SET state_value=excluded.state_value";
        }

        @Override
        String insertUsage() {
            return "INSERT INTO patchbay_state_usage (plugin, tenant, keys_held, bytes_held) VALUES (?,?,0,0)"
                    + " ON CONFLICT DO NOTHING";
        }

        @Override
        void configure(Statement statement, Duration callTimeout) throws SQLException {
            long millis = ownTimeout(callTimeout);
            // A node that hangs inside a transaction must not keep a scope locked for the others.
            statement.execute("SET statement_timeout=" + millis + "; SET lock_timeout=" + millis
                    + "; SET idle_in_transaction_session_timeout=" + 2 * millis);
            if (answer(statement, "SHOW synchronous_commit").equals("off")) {
                statement.execute("SET synchronous_commit=on");
            }
        }

        @Override
        Durability durability(Statement statement) throws SQLException {
            return answer(statement, "SHOW fsync").equals("on") ? Durability.POWER : Durability.PROCESS;
        }
    },

    /** H2, embedded or as a server. */
    H2("VARBINARY(255)", "VARBINARY(1048576)") {
        @Override
        String upsert() {
            return "MERGE INTO patchbay_state_entries (plugin, tenant, state_key, state_value)"
                    + " KEY (plugin, tenant, state_key) VALUES (?,?,?,?)";
        }

        @Override
        String insertUsage() {
            return "INSERT INTO patchbay_state_usage (plugin, tenant, keys_held, bytes_held) VALUES (?,?,0,0)";
        }

        @Override
        void configure(Statement statement, Duration callTimeout) throws SQLException {
            statement.execute("SET LOCK_TIMEOUT " + ownTimeout(callTimeout));
            statement.execute("SET QUERY_TIMEOUT " + ownTimeout(callTimeout));
            if (!writeDelay(statement).equals("0")) {
                // Otherwise a commit is only in memory for half a second; needs the right of an administrator.
                statement.execute("SET WRITE_DELAY 0");
            }
        }

        /** H2 never syncs a commit by itself: a file survives the process, not a power cut. */
        @Override
        Durability durability(Statement statement) throws SQLException {
            return answer(statement, "SELECT DATABASE_PATH()").isEmpty() ? Durability.NONE : Durability.PROCESS;
        }

        private String writeDelay(Statement statement) throws SQLException {
            return answer(
                    statement,
                    "SELECT SETTING_VALUE FROM INFORMATION_SCHEMA.SETTINGS WHERE SETTING_NAME='WRITE_DELAY'");
        }
    };

    private final String keyType;
    private final String valueType;

    Dialect(String keyType, String valueType) {
        this.keyType = keyType;
        this.valueType = valueType;
    }

    /**
     * Recognizes the database.
     *
     * @throws ProviderException when it is neither
     */
    static Dialect of(Connection connection) throws SQLException {
        String product = connection.getMetaData().getDatabaseProductName();
        return switch (product) {
            case "PostgreSQL" -> POSTGRESQL;
            case "H2" -> H2;
            default ->
                throw new ProviderException(
                        "the provider jdbc keeps state in PostgreSQL or H2, not in '" + product + "'");
        };
    }

    /** Columns of bytes compare by bytes and may hold NUL. */
    String keyType() {
        return keyType;
    }

    String valueType() {
        return valueType;
    }

    abstract String upsert();

    /** May fail as a duplicate when another node is first. */
    abstract String insertUsage();

    /** Sets up a new session: nothing waits longer than a call may, and a commit is on the medium when it returns. */
    abstract void configure(Statement statement, Duration callTimeout) throws SQLException;

    abstract Durability durability(Statement statement) throws SQLException;

    /** The database gives up before the caller does, and can say why. */
    private static long ownTimeout(Duration callTimeout) {
        return callTimeout.toMillis() * 3 / 4;
    }

    private static String answer(Statement statement, String question) throws SQLException {
        try (ResultSet row = statement.executeQuery(question)) {
            String answer = row.next() ? row.getString(1) : null;
            return answer == null ? "" : answer;
        }
    }
}
