// SPDX-License-Identifier: Apache-2.0
package io.patchbay.state.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.patchbay.provider.Durability;
import io.patchbay.provider.ProviderHealth;
import io.patchbay.provider.StoreIdentity;
import io.patchbay.provider.state.QuotaExceededException;
import io.patchbay.provider.state.StateEntry;
import io.patchbay.provider.state.StateQuota;
import io.patchbay.provider.state.StateScope;
import io.patchbay.provider.state.StateUsage;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The store in one database: its identity, its pool of connections, and the operations of the SPI. Thread-safe. */
final class JdbcStore implements AutoCloseable {
    /**
     * Connections that are kept even when nobody needs them. A new one takes the server milliseconds, so there must not be
     * many to make in the moment in which every plugin begins to use this provider.
     */
    private static final int KEPT = 8;

    /** Whatever it keeps: only the question matters. */
    private static final StateScope NOBODY = new StateScope("nobody", 0);

    private final StoreIdentity identity;
    private final HikariDataSource pool;
    private final ConnectionGate gate;
    private final Transactions transactions;

    private JdbcStore(StoreIdentity identity, HikariDataSource pool, ConnectionGate gate, Transactions transactions) {
        this.identity = identity;
        this.pool = pool;
        this.gate = gate;
        this.transactions = transactions;
    }

    /**
     * Connects once, prepares the schema and opens the pool.
     *
     * @param gate belongs to the store afterwards
     * @throws SQLException when the database cannot be reached; try again later
     * @throws io.patchbay.provider.BackendUnavailableException likewise
     * @throws io.patchbay.provider.ProviderException when the database is not one that can be used
     */
    static JdbcStore open(ConnectionGate gate, DatabaseTrouble trouble, JdbcSettings settings) throws SQLException {
        try (Connection connection = gate.attempt();
                Statement statement = connection.createStatement()) {
            Dialect dialect = Dialect.of(connection);
            StoreIdentity identity =
                    new StoreIdentity(new Schema(dialect, trouble).prepare(connection), dialect.durability(statement));
            gate.expect(identity.id());
            HikariConfig config = poolConfig(gate, settings);
            config.setMinimumIdle(Math.max(1, gate.connectAhead(Math.min(KEPT, settings.poolSize()))));
            if (identity.durability() == Durability.NONE) {
                config.setMaxLifetime(0);
            }
            HikariDataSource pool = new HikariDataSource(config);
            Transactions transactions = new Transactions(pool, gate, trouble, dialect, settings.callTimeout());
            try {
                // The pool's first connection: a database in memory goes when its last one does.
                transactions.read(session -> true);
                fill(pool, dialect, settings.callTimeout());
            } catch (SQLException | RuntimeException e) {
                pool.close();
                throw e;
            }
            return new JdbcStore(identity, pool, gate, transactions);
        }
    }

    /**
     * Has the pool take the connections that were made ahead; what it does not take now, it takes by itself. Each reads once
     * what calls read: a server has a process for each connection, which learns of the tables with its first question.
     */
    private static void fill(HikariDataSource pool, Dialect dialect, Duration callTimeout) throws SQLException {
        List<Connection> all = new ArrayList<>();
        try {
            while (all.size() < pool.getMinimumIdle()) {
                Connection connection = pool.getConnection();
                all.add(connection);
                Session session = new Session(connection, dialect, System.nanoTime() + callTimeout.toNanos());
                StateReads.values(session, NOBODY, List.of("nothing"));
                StateReads.usage(session, NOBODY);
            }
        } catch (SQLTransientConnectionException slow) {
            return;
        } finally {
            for (Connection connection : all) {
                connection.close();
            }
        }
    }

    private static HikariConfig poolConfig(ConnectionGate gate, JdbcSettings settings) {
        Duration call = settings.callTimeout();
        HikariConfig config = new HikariConfig();
        config.setDataSource(gate);
        config.setPoolName("patchbay-state-" + settings.name());
        config.setMaximumPoolSize(settings.poolSize());
        // A call that waits longer asks again, and meanwhile looks whether the server is there; the least the pool
        // allows.
        config.setConnectionTimeout(250);
        config.setValidationTimeout(Math.max(250, call.toMillis() / 4));
        config.setInitializationFailTimeout(-1);
        return config;
    }

    StoreIdentity identity() {
        return identity;
    }

    ProviderHealth health() {
        return gate.lastFailure()
                .map(reason -> new ProviderHealth(ProviderHealth.Status.DOWN, reason))
                .orElse(ProviderHealth.UP);
    }

    Map<String, String> getMany(StateScope scope, Collection<String> keys) {
        return keys.isEmpty() ? Map.of() : transactions.read(session -> StateReads.values(session, scope, keys));
    }

    void putMany(StateScope scope, Map<String, String> entries, StateQuota quota) throws QuotaExceededException {
        if (entries.isEmpty()) {
            return;
        }
        Optional<QuotaExceededException> refused =
                transactions.write(session -> StateWrites.put(session, scope, entries, quota));
        if (refused.isPresent()) {
            throw refused.get();
        }
    }

    void removeMany(StateScope scope, Collection<String> keys) {
        if (!keys.isEmpty()) {
            transactions.write(session -> {
                StateWrites.remove(session, scope, keys);
                return true;
            });
        }
    }

    StateUsage usage(StateScope scope) {
        return transactions.read(session -> StateReads.usage(session, scope));
    }

    List<StateScope> scopes(String pluginId) {
        return transactions.read(session -> StateReads.scopes(session, pluginId));
    }

    List<StateEntry> entries(StateScope scope, Optional<String> afterKey, int limit) {
        return transactions.read(session -> StateReads.entries(session, scope, afterKey, limit));
    }

    void purge(String pluginId) {
        transactions.write(session -> {
            StateWrites.purge(session, pluginId);
            return true;
        });
    }

    /** Closes every connection and ends the pool's threads. */
    @Override
    public void close() {
        gate.close();
        pool.close();
    }
}
