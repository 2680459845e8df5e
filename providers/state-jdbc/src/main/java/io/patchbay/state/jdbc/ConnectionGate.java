// SPDX-License-Identifier: Apache-2.0
package io.patchbay.state.jdbc;

import io.patchbay.provider.ProviderException;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Makes each new connection to the database: waits for a server that is away, sets the session up, and makes sure that it
 * is still the same store.
 *
 * <p>A server can come back with another database behind the same URL; its answers must not be taken for the owner's.
 * The thread that fills the pool waits here and not in the pool, whose own pauses grow to seconds; calls do not wait for
 * it ({@link Transactions}). Thread-safe.
 */
final class ConnectionGate implements DataSource {
    /** A restart is over within this time; a server that stays away longer is asked less often. */
    private static final long RESTART = TimeUnit.SECONDS.toNanos(10);

    private static final long PACE_MILLIS = 100;
    private static final long SLOW_PACE_MILLIS = 500;

    private final DataSource source;
    private final DatabaseTrouble trouble;
    private final Duration callTimeout;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Queue<Connection> ahead = new ConcurrentLinkedQueue<>();
    private volatile @Nullable UUID expected;
    private volatile @Nullable Failure lastFailure;

    /**
     * What went wrong.
     *
     * @param why for an operator
     * @param away whether the server could not be reached
     */
    private record Failure(String why, boolean away) {}

    ConnectionGate(DataSource source, DatabaseTrouble trouble, Duration callTimeout) {
        this.source = source;
        this.trouble = trouble;
        this.callTimeout = callTimeout;
    }

    /** From now on a connection to any other store is refused. */
    void expect(UUID store) {
        expected = store;
    }

    /** Remembers why a call failed that had a connection. */
    void failed(SQLException error) {
        lastFailure = new Failure(trouble.describe(error), trouble.isAway(error));
    }

    /** Forgets it: the server answered. */
    void succeeded() {
        if (lastFailure != null) {
            lastFailure = null;
        }
    }

    /** Why the last attempt to connect or to serve failed; empty when it succeeded. */
    Optional<String> lastFailure() {
        return Optional.ofNullable(lastFailure).map(Failure::why);
    }

    /** Why the server cannot be reached, when that is what was found last. */
    Optional<String> away() {
        return Optional.ofNullable(lastFailure).filter(Failure::away).map(Failure::why);
    }

    /**
     * Makes connections that are given out first.
     *
     * @return how many there are: fewer than wanted when the server gives no more
     */
    int connectAhead(int wanted) {
        closeAhead();
        int made = 0;
        try {
            while (made < wanted) {
                ahead.add(attempt());
                made++;
            }
        } catch (SQLException | ProviderException noMore) {
            return made;
        } finally {
            if (closed.getCount() == 0) {
                closeAhead();
            }
        }
        return made;
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection made = ahead.poll();
        return made == null ? connect() : made;
    }

    private Connection connect() throws SQLException {
        long start = System.nanoTime();
        while (true) {
            try {
                return attempt();
            } catch (SQLException e) {
                failed(e);
                long pace = System.nanoTime() - start < RESTART ? PACE_MILLIS : SLOW_PACE_MILLIS;
                if (!trouble.isAway(e) || endsWithin(pace)) {
                    throw e;
                }
            } catch (ProviderException refused) {
                lastFailure = new Failure(String.valueOf(refused.getMessage()), false);
                throw new SQLException(refused.getMessage(), refused);
            }
        }
    }

    /** One attempt, without waiting for a server that is away. */
    Connection attempt() throws SQLException {
        if (closed.getCount() == 0) {
            throw new SQLException("the store is closed");
        }
        Connection connection = source.getConnection();
        try {
            setUp(connection);
            succeeded();
            return connection;
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    private void setUp(Connection connection) throws SQLException {
        Dialect dialect = Dialect.of(connection);
        connection.setAutoCommit(true);
        connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        try (Statement statement = connection.createStatement()) {
            dialect.configure(statement, callTimeout);
        }
        UUID store = expected;
        if (store != null) {
            UUID found = new Schema(dialect, trouble).idBehind(connection);
            if (!found.equals(store)) {
                throw new ProviderException("the database " + trouble.address().shown() + " holds the state store "
                        + found + " now, but this provider works on " + store
                        + "; restore that one, or restart the provider to use the new one");
            }
        }
        if (closed.getCount() == 0) {
            throw new SQLException("the store is closed");
        }
    }

    /** Waits a little; true when the gate is closed meanwhile or the waiting thread is to end. */
    boolean endsWithin(long millis) {
        try {
            return closed.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** Lets nobody through any more, ends every wait and closes what was made ahead. */
    void close() {
        closed.countDown();
        closeAhead();
    }

    private void closeAhead() {
        for (Connection unused = ahead.poll(); unused != null; unused = ahead.poll()) {
            closeQuietly(unused);
        }
    }

    private static void closeQuietly(Connection connection) {
        try {
            connection.close();
        } catch (SQLException broken) {
            // It was broken before it was needed.
            return;
        }
    }

    @Override
    public Connection getConnection(String username, String password) throws SQLException {
        throw new SQLFeatureNotSupportedException("the user is a setting");
    }

    @Override
    public PrintWriter getLogWriter() throws SQLException {
        return source.getLogWriter();
    }

    @Override
    public void setLogWriter(PrintWriter out) throws SQLException {
        source.setLogWriter(out);
    }

    /** What the pool proposes is ignored: {@link DriverChoice} has set it, and a service's is its owner's business. */
    @Override
    public void setLoginTimeout(int seconds) {}

    @Override
    public int getLoginTimeout() throws SQLException {
        return source.getLoginTimeout();
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException("no java.util.logging here");
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        if (type.isInstance(this)) {
            return type.cast(this);
        }
        throw new SQLException("not a wrapper for " + type.getName());
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return type.isInstance(this);
    }
}
