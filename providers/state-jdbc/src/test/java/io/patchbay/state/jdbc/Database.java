// SPDX-License-Identifier: Apache-2.0
package io.patchbay.state.jdbc;

import io.patchbay.provider.state.StateProvider;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/** How the tests reach a database: as a provider, and behind its back. */
record Database(DataSource source) {
    static final JdbcSettings SETTINGS = new JdbcSettings("test", 4, Duration.ofSeconds(3));

    /** A provider that has connected. */
    JdbcStateProvider open() throws Exception {
        JdbcStateProvider provider = new JdbcStateProvider(opening());
        ready(provider);
        return provider;
    }

    StoreOpening opening() {
        return new StoreOpening(new DatabaseAddress("test", "tester", "s3cret"), () -> source, SETTINGS);
    }

    static void ready(StateProvider provider) throws Exception {
        provider.ready().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    void execute(String... statements) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    void dropAll() throws SQLException {
        execute(
                "DROP TABLE IF EXISTS patchbay_state_entries",
                "DROP TABLE IF EXISTS patchbay_state_usage",
                "DROP TABLE IF EXISTS patchbay_state_store");
    }
}
