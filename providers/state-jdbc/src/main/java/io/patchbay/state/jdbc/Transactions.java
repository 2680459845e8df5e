// SPDX-License-Identifier: Apache-2.0
package io.patchbay.state.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import io.patchbay.provider.BackendUnavailableException;
import io.patchbay.provider.ProviderException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;

/**
 * Runs reads and transactions on pooled connections within the call timeout, and runs one again when that is safe.
 *
 * <p>Safe is: the database undid it because of another one, or the connection broke before the commit was sent. A commit
 * whose answer is missing is never repeated, because what others wrote since would be overwritten. A server that is away
 * is not waited for: the patch bay does that.
 */
final class Transactions {
    private static final long PAUSE_MILLIS = 2;

    private final HikariDataSource pool;
    private final ConnectionGate gate;
    private final DatabaseTrouble trouble;
    private final Dialect dialect;
    private final long callNanos;

    /** What to do on a connection. */
    interface Work<R> {
        R in(Session session) throws SQLException;
    }

    Transactions(
            HikariDataSource pool,
            ConnectionGate gate,
            DatabaseTrouble trouble,
            Dialect dialect,
            Duration callTimeout) {
        this.pool = pool;
        this.gate = gate;
        this.trouble = trouble;
        this.dialect = dialect;
        callNanos = callTimeout.toNanos();
    }

    /** One statement that only reads and therefore sees one moment. */
    <R> R read(Work<R> work) {
        return run(work, false);
    }

    /** All of the work or nothing of it. */
    <R> R write(Work<R> work) {
        return run(work, true);
    }

    private <R> R run(Work<R> work, boolean writes) {
        long start = System.nanoTime();
        while (true) {
            try {
                R result = attempt(work, writes, start);
                gate.succeeded();
                return result;
            } catch (SQLException e) {
                gate.failed(e);
                boolean away = trouble.isAway(e);
                if (away) {
                    // What broke one connection has broken the others, which are idle and do not know it.
                    pool.getHikariPoolMXBean().softEvictConnections();
                }
                boolean again = away || trouble.isCollision(e) || DatabaseTrouble.isPassing(e);
                if (!again || !timeToTryAgain(start) || gate.endsWithin(PAUSE_MILLIS)) {
                    throw trouble.explain(e);
                }
            }
        }
    }

    private <R> R attempt(Work<R> work, boolean writes, long start) throws SQLException {
        Connection connection = borrow(start);
        try {
            Session session = new Session(connection, dialect, start + callNanos);
            return writes ? commit(connection, session, work) : work.in(session);
        } catch (ProviderException refused) {
            throw refused;
        } catch (RuntimeException broken) {
            // The pool takes connections away from whoever still uses them when it is closed.
            throw pool.isClosed() ? closed(broken) : broken;
        } finally {
            giveBack(connection);
        }
    }

    /** What the call did is settled by then: a pool that cannot take a connection back must not turn it into a failure. */
    private static void giveBack(Connection connection) {
        try {
            connection.close();
        } catch (SQLException | RuntimeException unusable) {
            return;
        }
    }

    private ProviderException closed(RuntimeException cause) {
        return new ProviderException(closedText(), cause);
    }

    private String closedText() {
        return "the state store in " + trouble.address().shown() + " is closed";
    }

    private <R> R commit(Connection connection, Session session, Work<R> work) throws SQLException {
        connection.setAutoCommit(false);
        R result;
        try {
            result = work.in(session);
            session.bound();
        } catch (SQLException | RuntimeException e) {
            undo(connection, e);
            throw e;
        }
        try {
            connection.commit();
        } catch (SQLException e) {
            if (trouble.isCollision(e)) {
                throw e;
            }
            gate.failed(e);
            throw trouble.inDoubt(e);
        } catch (RuntimeException e) {
            throw trouble.inDoubt(new SQLException("the pool took the connection away", "08006", e));
        }
        return result;
    }

    private static void undo(Connection connection, Exception failure) {
        try {
            connection.rollback();
        } catch (SQLException | RuntimeException broken) {
            failure.addSuppressed(broken);
        }
    }

    /** Waits for a connection in short steps ({@link JdbcStore}), and after each only as long as the server is there. */
    private Connection borrow(long start) throws SQLException {
        while (true) {
            if (pool.isClosed()) {
                throw new ProviderException(closedText());
            }
            try {
                return pool.getConnection();
            } catch (SQLTransientConnectionException noneInTime) {
                gate.away().ifPresent(why -> {
                    throw new BackendUnavailableException(why, BackendUnavailableException.Effect.NONE);
                });
                if (System.nanoTime() - start > callNanos * 3 / 4) {
                    throw new ProviderException(gate.lastFailure()
                            .orElse("all connections to " + trouble.address().shown()
                                    + " are in use for longer than a call may wait; raise the setting pool.size"));
                }
            }
        }
    }

    /** An attempt that begins may take the rest. */
    private boolean timeToTryAgain(long start) {
        return System.nanoTime() - start < callNanos / 4;
    }
}
