// SPDX-License-Identifier: Apache-2.0
package io.patchbay.state.jdbc;

import io.patchbay.provider.state.StateProvider;
import io.patchbay.tck.Fault;
import io.patchbay.tck.StateServerContract;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** A server to kill, a schema of its own for each store. */
class PostgresServerTest extends StateServerContract {
    private static final AtomicInteger STORES = new AtomicInteger();

    @TempDir
    static Path folder;

    private static PostgresProcess postgres;

    private final Database mine = emptySchema();

    PostgresServerTest() throws SQLException {}

    @BeforeAll
    static void startServer() throws Exception {
        postgres = new PostgresProcess(folder);
    }

    @AfterAll
    static void stopServer() throws Exception {
        postgres.close();
    }

    private static Database emptySchema() throws SQLException {
        String schema = "store" + STORES.incrementAndGet();
        // The server that the tests start has it off, and would lose the schema when it is killed at once.
        postgres.database().execute("SET synchronous_commit=on", "CREATE SCHEMA " + schema);
        return postgres.database("postgres", "", schema);
    }

    @Override
    protected StateProvider open() {
        return new JdbcStateProvider(mine.opening());
    }

    @Override
    protected void close(StateProvider provider) {
        ((JdbcStateProvider) provider).deactivate();
    }

    @Override
    protected Fault server() {
        return new Fault() {
            @Override
            public void begin() throws Exception {
                postgres.kill();
            }

            @Override
            public void end() throws Exception {
                postgres.start();
            }
        };
    }
}
