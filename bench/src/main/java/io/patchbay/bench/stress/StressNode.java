// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.stress;

import io.patchbay.bench.node.EmbeddedNode;
import io.patchbay.bench.node.ShippedBundles;
import io.patchbay.itests.greeter.Greeter;
import io.patchbay.itests.greeting.GreetingHostService;
import io.patchbay.itests.witness.WitnessState;
import io.patchbay.log.file.FileLogProvider;
import io.patchbay.log.osgi.FrameworkLogProvider;
import io.patchbay.state.jdbc.JdbcStateProvider;
import io.patchbay.state.redis.RedisStateProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.osgi.framework.BundleException;

/**
 * A node with every provider of state and log that is shipped, real servers behind them, witness providers beside them, and a
 * stranger's kind; each bundle can be managed by its symbolic name.
 */
final class StressNode implements AutoCloseable {
    static final Duration GRACE = Duration.ofSeconds(10);

    static final String WITNESS = "io.patchbay.itests.witness";
    static final String GREETER = "io.patchbay.itests.greeter";
    static final String GREETING = "io.patchbay.itests.greeting";

    /** Rank of what appears and must be chosen where nothing is bound. */
    private static final int HIGH = 9_000;

    private static final int NO_LIMIT = 1_000_000;

    private final EmbeddedNode node;
    private final Path folder;
    private final Servers servers;
    private final Map<String, ManagedBundle> bundles = new TreeMap<>();

    private StressNode(EmbeddedNode node, Path folder, Servers servers) {
        this.node = node;
        this.folder = folder;
        this.servers = servers;
    }

    static StressNode start(Path folder, Servers servers) throws Exception {
        Map<String, Map<String, ?>> settings = new HashMap<>(ofTheHouse());
        settings.putAll(ofTheWitnesses());
        settings.put("io.patchbay.state.jdbc~one", postgres(servers, "postgres"));
        settings.put("io.patchbay.state.jdbc~two", postgres(servers, "postgres-too"));
        settings.put("io.patchbay.state.redis~one", redis(servers, "redis"));
        settings.put("io.patchbay.state.redis~two", redis(servers, "redis-too"));
        // Rotation is not under test, and what it removes could not be counted.
        settings.put("io.patchbay.log.file", Map.of("max.file.bytes", 1L << 30, "keep.bytes", 1L << 32));
        EmbeddedNode embedded = EmbeddedNode.start(
                folder,
                new EmbeddedNode.Setup(
                        settings,
                        Set.of(),
                        List.of(
                                Class.forName("org.osgi.service.jdbc.DataSourceFactory"),
                                Class.forName("org.postgresql.Driver"),
                                JdbcStateProvider.class,
                                RedisStateProvider.class,
                                FileLogProvider.class,
                                FrameworkLogProvider.class)));
        StressNode node = new StressNode(embedded, folder, servers);
        try {
            node.manage();
            // An operator's decision: what plugins log through the provider osgi is wanted from info on. The log hears
            // of
            // changes only, not of what was configured before it started.
            embedded.configure("org.osgi.service.log.admin", Map.of("io.patchbay.plugin", "INFO"));
            return node;
        } catch (Exception | AssertionError e) {
            node.close();
            throw e;
        }
    }

    /** Patience in every room, and no limit on log lines. */
    static Map<String, Map<String, ?>> ofTheHouse() {
        Map<String, Long> grace = Map.of("grace.millis", GRACE.toMillis());
        return Map.of(
                "io.patchbay.bay",
                grace,
                "io.patchbay.wasmhost",
                grace,
                "io.patchbay.lifecycle",
                grace,
                "io.patchbay.runtime",
                Map.of(
                        "log.rate", NO_LIMIT,
                        "log.burst", NO_LIMIT,
                        "log.rate.ceiling", NO_LIMIT,
                        "log.burst.ceiling", NO_LIMIT));
    }

    /** Two that serve, and one that outranks everybody when it comes. */
    static Map<String, Map<String, ?>> ofTheWitnesses() {
        Map<String, Map<String, ?>> settings = new HashMap<>();
        for (String pid : List.of(WITNESS + ".state|" + WITNESS, WITNESS + ".log|" + WITNESS)) {
            settings.put(pid + ".a", Map.of("patchbay.provider", "witness-a"));
            settings.put(pid + ".b", Map.of("patchbay.provider", "witness-b", "patchbay.blocking", "ALL"));
            settings.put(pid + ".c", Map.of("patchbay.provider", "witness-c", "service.ranking", HIGH));
        }
        settings.put(GREETER + "|" + GREETER + ".a", Map.of("patchbay.provider", "greeter-a"));
        settings.put(
                GREETER + "|" + GREETER + ".b", Map.of("patchbay.provider", "greeter-b", "patchbay.blocking", "ALL"));
        settings.put(GREETER + "|" + GREETER + ".c", Map.of("patchbay.provider", "greeter-c", "service.ranking", HIGH));
        return settings;
    }

    private static Map<String, Object> postgres(Servers servers, String name) {
        return Map.of(
                "patchbay.provider",
                name,
                "url",
                servers.postgresUrl(),
                "user",
                "postgres",
                "patchbay.call.timeout",
                GRACE.toMillis());
    }

    private static Map<String, Object> redis(Servers servers, String name) {
        return Map.of(
                "patchbay.provider",
                name,
                "host",
                servers.redisHost(),
                "port",
                servers.redisPort(),
                "durability",
                "power");
    }

    private void manage() throws IOException, BundleException {
        node.must("makeStore", Map.of("store", "witness"));
        Path jars = Files.createDirectories(folder.resolve("jars"));
        ShippedBundles.unpack(jars);
        for (String name : List.of(
                "io.patchbay.bay",
                "io.patchbay.runtime",
                "io.patchbay.wasmhost",
                "io.patchbay.state.sqlite",
                "io.patchbay.log.console")) {
            manage(name, named(jars, name));
        }
        manage("io.patchbay.state.jdbc", ShippedBundles.jarOf(JdbcStateProvider.class));
        manage("io.patchbay.state.redis", ShippedBundles.jarOf(RedisStateProvider.class));
        manage("io.patchbay.log.file", ShippedBundles.jarOf(FileLogProvider.class));
        manage("io.patchbay.log.osgi", ShippedBundles.jarOf(FrameworkLogProvider.class));
        for (String letter : List.of(".a", ".b", ".c")) {
            add(WITNESS + letter, ShippedBundles.jarOf(WitnessState.class));
        }
        add(GREETING, ShippedBundles.jarOf(GreetingHostService.class));
        for (String letter : List.of(".a", ".b", ".c")) {
            add(GREETER + letter, ShippedBundles.jarOf(Greeter.class));
        }
        bundle(WITNESS + ".c").stop();
        bundle(GREETER + ".c").stop();
    }

    private static Path named(Path jars, String symbolicName) throws IOException {
        try (var files = Files.list(jars)) {
            return files.filter(jar -> jar.getFileName().toString().startsWith(symbolicName + "-"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no bundle " + symbolicName + " is shipped"));
        }
    }

    private void manage(String symbolicName, Path jar) throws IOException {
        bundles.put(
                symbolicName,
                new ManagedBundle(node, symbolicName, Files.readAllBytes(jar), node.bundle(symbolicName)));
    }

    private void add(String symbolicName, Path jar) throws IOException, BundleException {
        bundles.put(symbolicName, ManagedBundle.variant(node, jar, symbolicName));
    }

    /** The settings of a provider of this name on the PostgreSQL server. */
    Map<String, Object> postgres(String name) {
        return postgres(servers, name);
    }

    /** The settings of a provider of this name on the Redis server. */
    Map<String, Object> redis(String name) {
        return redis(servers, name);
    }

    EmbeddedNode embedded() {
        return node;
    }

    ManagedBundle bundle(String symbolicName) {
        return Objects.requireNonNull(bundles.get(symbolicName), symbolicName);
    }

    /** Where the provider {@code file} writes. */
    Path logFolder() {
        // The data folder, its folder for bundles, the bundle's own.
        return folder.resolve("data").resolve("data").resolve("io.patchbay.log.file");
    }

    @Override
    public void close() throws BundleException {
        node.close();
    }
}
