// SPDX-License-Identifier: Apache-2.0
package io.patchbay.state.jdbc;

import io.patchbay.provider.state.StateProvider;
import io.patchbay.tck.Ability;
import io.patchbay.tck.Fault;
import io.patchbay.tck.StateProviderContract;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** One server for all tests, a schema of its own for each store. */
class PostgresConformanceTest extends StateProviderContract {
    private static final AtomicInteger STORES = new AtomicInteger();

    @TempDir
    static Path folder;

    private static PostgresProcess server;

    private Database mine;

    @BeforeAll
    static void startServer() throws Exception {
        server = new PostgresProcess(folder);
    }

    @AfterAll
    static void stopServer() throws Exception {
        server.close();
    }

    private static Database emptySchema() throws SQLException {
        String schema = "store" + STORES.incrementAndGet();
        server.database().execute("CREATE SCHEMA " + schema);
        return server.database("postgres", "", schema);
    }

    @Override
    protected Set<Ability> abilities() {
        return EnumSet.of(Ability.DURABLE, Ability.SHARED);
    }

    @Override
    protected StateProvider open() throws SQLException {
        if (mine == null) {
            mine = emptySchema();
        }
        return new JdbcStateProvider(mine.opening());
    }

    @Override
    protected StateProvider openOther() throws SQLException {
        return new JdbcStateProvider(emptySchema().opening());
    }

    @Override
    protected void close(StateProvider provider) {
        ((JdbcStateProvider) provider).deactivate();
    }

    @Override
    protected Optional<Fault> fault() {
        return Optional.of(new Fault() {
            @Override
            public void begin() throws SQLException {
                mine.execute("ALTER TABLE patchbay_state_usage RENAME TO lost");
            }

            @Override
            public void end() throws SQLException {
                mine.execute("ALTER TABLE lost RENAME TO patchbay_state_usage");
            }
        });
    }
}
