// SPDX-License-Identifier: Apache-2.0
package io.patchbay.state.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLTimeoutException;
import java.util.concurrent.TimeUnit;

/**
 * One connection for the length of one call, whose every statement is bounded by what is left of the call's time.
 *
 * <p>Used by one thread. A server that does not answer at all is noticed on the socket; one that works too long notices
 * by itself ({@link Dialect#configure}).
 */
final class Session {
    private final Connection connection;
    private final Dialect dialect;
    private final long deadline;

    Session(Connection connection, Dialect dialect, long deadlineNanos) {
        this.connection = connection;
        this.dialect = dialect;
        deadline = deadlineNanos;
    }

    Dialect dialect() {
        return dialect;
    }

    PreparedStatement prepare(String sql) throws SQLException {
        bound();
        return connection.prepareStatement(sql);
    }

    /** Bounds the next exchange with the server. */
    void bound() throws SQLException {
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (left <= 0) {
            throw new SQLTimeoutException("the call's time is over", "57014");
        }
        try {
            connection.setNetworkTimeout(Runnable::run, (int) left);
        } catch (SQLFeatureNotSupportedException e) {
            // An embedded database has no socket to wait at.
            return;
        }
    }
}
