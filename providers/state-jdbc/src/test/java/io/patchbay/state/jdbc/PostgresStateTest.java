// SPDX-License-Identifier: Apache-2.0
package io.patchbay.state.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.itests.harness.Eventually;
import io.patchbay.provider.ProviderException;
import io.patchbay.provider.ProviderHealth;
import io.patchbay.provider.state.StateQuota;
import io.patchbay.provider.state.StateScope;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

class PostgresStateTest {
    private static final StateScope SCOPE = new StateScope("demo", 0);
    private static final StateQuota QUOTA = new StateQuota(1_000_000, 1L << 30);

    @TempDir
    static Path folder;

    private static PostgresProcess server;
    private static JdbcStateProvider node;
    private static JdbcStateProvider other;

    @BeforeAll
    static void open() throws Exception {
        server = new PostgresProcess(folder);
        node = server.database().open();
        other = server.database().open();
    }

    @AfterAll
    static void close() throws Exception {
        node.deactivate();
        other.deactivate();
        server.close();
    }

    @Test
    void twoNodesThatStartTogetherOnAnEmptyDatabaseMakeOneStore() throws Exception {
        server.database().execute("CREATE USER twin PASSWORD 'twin'", "CREATE SCHEMA AUTHORIZATION twin");
        Database database = server.database("twin", "twin");
        List<JdbcStateProvider> nodes = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            nodes.add(new JdbcStateProvider(database.opening()));
        }
        for (JdbcStateProvider one : nodes) {
            Database.ready(one);
        }
        assertThat(nodes)
                .extracting(one -> one.store().id())
                .containsOnly(nodes.get(0).store().id());
        assertThat(nodes.get(0).store().id()).isNotEqualTo(node.store().id());
        nodes.forEach(JdbcStateProvider::deactivate);
    }

    @Test
    void aReadyProviderHasTheConnectionsThatItsCallsWillNeed() throws Exception {
        JdbcStateProvider provider = user("ready").open();
        assertThat(connections("ready")).isEqualTo(Database.SETTINGS.poolSize());
        provider.deactivate();
    }

    @Test
    void aServerThatGivesFewConnectionsIsContentedWith() throws Exception {
        Database few = user("few");
        server.database().execute("ALTER USER few CONNECTION LIMIT 3");
        JdbcStateProvider provider = few.open();
        provider.putMany(SCOPE, Map.of("k", "v"), QUOTA);
        assertThat(provider.get(SCOPE, "k")).contains("v");
        assertThat(provider.health()).isEqualTo(ProviderHealth.UP);
        provider.deactivate();
    }

    /** The database of a user of its own. */
    private static Database user(String name) throws Exception {
        server.database()
                .execute("CREATE USER " + name + " PASSWORD '" + name + "'", "CREATE SCHEMA AUTHORIZATION " + name);
        return server.database(name, name);
    }

    private static int connections(String user) throws Exception {
        try (Connection connection = server.database().source().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("SELECT count(*) FROM pg_stat_activity WHERE usename='" + user + "'")) {
            row.next();
            return row.getInt(1);
        }
    }

    @Test
    void aRefusedUserIsSaidWithoutThePasswordAndLetInWhenTheServerAgrees() throws Exception {
        server.database()
                .execute(
                        "CREATE USER refused PASSWORD 'right'",
                        "CREATE SCHEMA AUTHORIZATION refused",
                        "ALTER USER refused NOLOGIN");
        StoreOpening opening = new StoreOpening(
                new DatabaseAddress(server.url(), "refused", "right"),
                () -> server.database("refused", "right").source(),
                Database.SETTINGS);
        JdbcStateProvider provider = new JdbcStateProvider(opening);
        Eventually.holds(() -> provider.health().detail().contains("refused the user 'refused'"));
        assertThat(provider.health().detail()).doesNotContain("right");
        assertThat(provider.ready().toCompletableFuture()).isNotDone();
        server.database().execute("ALTER USER refused LOGIN");
        Database.ready(provider);
        assertThat(provider.health()).isEqualTo(ProviderHealth.UP);
        provider.deactivate();
    }

    @Test
    void aUrlThatItsDriverDoesNotUnderstandIsSaid() throws Exception {
        String url = "jdbc:postgresql://host:port/database";
        JdbcStateProvider provider = new JdbcStateProvider(new StoreOpening(
                DatabaseAddress.ofUrl(url, "", ""),
                () -> {
                    PGSimpleDataSource source = new PGSimpleDataSource();
                    source.setUrl(url);
                    return source;
                },
                Database.SETTINGS));

        assertThat(provider.ready().toCompletableFuture())
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableThat()
                .withMessageContaining("does not understand the setting url: " + url);
        provider.deactivate();
    }

    @Test
    void aCallThatWaitsForALockEndsWithinTheCallTimeoutAndWritesNothing() throws Exception {
        StateScope scope = new StateScope("locked", 0);
        node.putMany(scope, Map.of("k", "old"), QUOTA);
        try (Connection blocker = server.database().source().getConnection();
                Statement statement = blocker.createStatement()) {
            blocker.setAutoCommit(false);
            statement.execute("SELECT * FROM patchbay_state_usage WHERE plugin='locked' FOR UPDATE");
            assertThatThrownBy(() -> node.putMany(scope, Map.of("k", "new"), QUOTA))
                    .isInstanceOf(ProviderException.class)
                    .hasMessageContaining("call timeout");
            blocker.rollback();
        }
        assertThat(node.get(scope, "k")).contains("old");
        node.putMany(scope, Map.of("k", "newer"), QUOTA);
        assertThat(other.get(scope, "k")).contains("newer");
    }

    @Test
    void aServerThatReturnsWithAnotherStoreIsNotTakenForTheOwner() throws Exception {
        server.database().execute("CREATE USER switched PASSWORD 'switched'", "CREATE SCHEMA AUTHORIZATION switched");
        Database database = server.database("switched", "switched");
        JdbcStateProvider provider = database.open();
        provider.putMany(SCOPE, Map.of("k", "v"), QUOTA);
        server.database()
                .execute(
                        "UPDATE switched.patchbay_state_store SET id='" + UUID.randomUUID() + "'",
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename='switched'");
        try {
            // At first the server may only be away.
            Eventually.holds(() -> refusal(provider).contains("but this provider works on"));
        } finally {
            provider.deactivate();
        }
    }

    /** Why a read is refused; fails when it is not. */
    private static String refusal(JdbcStateProvider provider) {
        try {
            throw new AssertionError("read " + provider.getMany(SCOPE, List.of("k")));
        } catch (ProviderException refused) {
            return String.valueOf(refused.getMessage());
        }
    }
}
