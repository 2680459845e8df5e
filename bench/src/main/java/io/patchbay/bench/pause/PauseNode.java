// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.pause;

import io.patchbay.bench.node.EmbeddedNode;
import io.patchbay.bench.node.RelayPlugin;
import io.patchbay.itests.harness.Eventually;
import io.patchbay.itests.harness.PostgresServer;
import io.patchbay.itests.harness.RedisServer;
import io.patchbay.state.jdbc.JdbcStateProvider;
import io.patchbay.state.redis.RedisStateProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;

/**
 * A node whose plugins' state can be in memory, in SQLite, in a real PostgreSQL and in a real Redis; each store but memory
 * acknowledges what survives a power cut.
 */
final class PauseNode implements AutoCloseable {
    static final String MEMORY = "memory";
    static final String SQLITE = "sqlite";
    static final String JDBC = "jdbc";

    /** A second provider on the database of the first. */
    static final String JDBC_TWIN = "jdbc-twin";

    static final String REDIS = "redis";

    private static final String KIND = "state";
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration PACE = Duration.ofMillis(50);
    private static final String SQLITE_BUNDLE = "io.patchbay.state.sqlite";

    private final Path folder;
    private final PostgresServer postgres;
    private final RedisServer redis;
    private final EmbeddedNode node;

    private PauseNode(Path folder, PostgresServer postgres, RedisServer redis, EmbeddedNode node) {
        this.folder = folder;
        this.postgres = postgres;
        this.redis = redis;
        this.node = node;
    }

    static PauseNode start(Path folder) throws Exception {
        PostgresServer postgres = new PostgresServer(folder);
        try {
            RedisServer redis = new RedisServer(folder.resolve("redis"), "appendonly yes", "appendfsync always");
            try {
                PauseNode node = new PauseNode(folder, postgres, redis, start(folder, postgres, redis));
                List.of(MEMORY, SQLITE, JDBC, JDBC_TWIN, REDIS).forEach(node::awaitReady);
                return node;
            } catch (Exception | AssertionError e) {
                redis.close();
                throw e;
            }
        } catch (Exception | AssertionError e) {
            postgres.close();
            throw e;
        }
    }

    private static EmbeddedNode start(Path folder, PostgresServer postgres, RedisServer redis) throws Exception {
        return EmbeddedNode.start(
                Files.createDirectories(folder.resolve("node")),
                new EmbeddedNode.Setup(
                        Map.of(
                                pid(JDBC), settings(JDBC, postgres, redis),
                                pid(JDBC_TWIN), settings(JDBC_TWIN, postgres, redis),
                                pid(REDIS), settings(REDIS, postgres, redis)),
                        Set.of(),
                        List.of(
                                Class.forName("org.osgi.service.jdbc.DataSourceFactory"),
                                Class.forName("org.postgresql.Driver"),
                                JdbcStateProvider.class,
                                RedisStateProvider.class)));
    }

    private static String pid(String provider) {
        return provider.equals(REDIS) ? "io.patchbay.state.redis~" + provider : "io.patchbay.state.jdbc~" + provider;
    }

    private static Map<String, Object> settings(String provider, PostgresServer postgres, RedisServer redis) {
        return provider.equals(REDIS)
                ? Map.of(
                        "patchbay.provider",
                        provider,
                        "host",
                        redis.host(),
                        "port",
                        redis.port(),
                        "durability",
                        "power")
                : Map.of("patchbay.provider", provider, "url", postgres.url(), "user", "postgres");
    }

    /** Rarely: the list of providers is work for two cores, and for the compiler, and calls are timed soon after. */
    private static void eventually(Eventually.Condition<RuntimeException> condition) {
        Eventually.holds(LIMIT, PACE, condition);
    }

    private void awaitReady(String provider) {
        eventually(() -> state(provider).startsWith("READY"));
    }

    /** Another configuration of the same factory stays; without any, the node says that there is none. */
    private static boolean isGone(String state) {
        return state.equals("null") || state.startsWith("UNCONFIGURED");
    }

    private String state(String provider) {
        return String.valueOf(node.must("providers", Map.of()).get(KIND + "=" + provider));
    }

    /** Makes a provider anew: no thread, no connection and nothing cached is left of the one before. */
    void restart(String provider) throws Exception {
        if (provider.equals(SQLITE)) {
            Bundle bundle = node.bundle(SQLITE_BUNDLE);
            bundle.stop();
            bundle.start();
        } else {
            node.unconfigure(pid(provider));
            eventually(() -> isGone(state(provider)));
            node.configure(pid(provider), settings(provider, postgres, redis));
        }
        awaitReady(provider);
    }

    /** Binds durably, for all plugins that have no binding of their own. */
    void bind(String provider) {
        node.must("bindLasting", Map.of("kind", KIND, "provider", provider));
    }

    /** Binds durably, for one plugin. */
    void bind(String provider, RelayPlugin plugin) {
        node.must("bindLasting", Map.of("kind", KIND, "provider", provider, "plugin", plugin.id()));
    }

    /** Moves a plugin's state, and gives what the node says of the move. */
    Map<String, Object> copy(String provider, RelayPlugin plugin) {
        node.must("bindLasting", Map.of("kind", KIND, "provider", provider, "plugin", plugin.id(), "mode", "COPY"));
        return node.must("lastMove", Map.of("plugin", plugin.id()));
    }

    /** The name of the provider that serves a plugin's state. */
    String serving(RelayPlugin plugin) {
        return String.valueOf(
                node.must("bindings", Map.of("plugin", plugin.id())).get(KIND));
    }

    /** How many calls of a plugin have waited in the patch bay so far. */
    long waits(RelayPlugin plugin) {
        Object waits =
                node.must("waits", Map.of("kind", KIND, "plugin", plugin.id())).get("waits");
        return ((Number) Objects.requireNonNull(waits)).longValue();
    }

    /** Installs a plugin that may use state. */
    RelayPlugin install(String id) throws IOException {
        RelayPlugin plugin = RelayPlugin.install(node, id, folder);
        plugin.grant(List.of("state.get", "state.set", "state.get_many", "state.set_many"));
        return plugin;
    }

    @Override
    public void close() throws BundleException, IOException {
        try (postgres;
                redis) {
            node.close();
        }
    }
}
