// SPDX-License-Identifier: Apache-2.0
package io.patchbay.state.sqlite;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The transactions of one connection, by statement: the driver's own book-keeping ({@code setAutoCommit(false)}) believes
 * in a transaction that SQLite itself has ended, as it does when the disk is full, and every later one then fails.
 */
final class Transaction {
    private final Connection connection;

    Transaction(Connection connection) {
        this.connection = connection;
    }

    void beginWrite() throws SQLException {
        execute("BEGIN IMMEDIATE");
    }

    void beginRead() throws SQLException {
        execute("BEGIN");
    }

    void commit() throws SQLException {
        execute("COMMIT");
    }

    /** Ends a transaction that failed; SQLite may have ended it by itself, which is as good. */
    void rollback() {
        try {
            execute("ROLLBACK");
        } catch (SQLException alreadyEnded) {
            return;
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
