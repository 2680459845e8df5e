// SPDX-License-Identifier: Apache-2.0
package io.patchbay.state.redis;

import io.patchbay.provider.Durability;
import io.patchbay.provider.state.StateProvider;
import io.patchbay.tck.Ability;
import io.patchbay.tck.Configurations;
import io.patchbay.tck.Fault;
import io.patchbay.tck.Opener;
import io.patchbay.tck.StateProviderContract;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Protocol.Command;

/** One server for all tests, a prefix of its own for each store. */
class RedisConformanceTest extends StateProviderContract {
    private static final AtomicInteger STORES = new AtomicInteger();
    private static final String SECRET = "hunter2";

    @TempDir
    static Path folder;

    private static RedisProcess server;

    private final String mine = prefix();

    @BeforeAll
    static void startServer() throws Exception {
        server = new RedisProcess(folder, "appendonly yes", "appendfsync always");
    }

    @AfterAll
    static void stopServer() throws Exception {
        server.close();
    }

    private static String prefix() {
        return "store" + STORES.incrementAndGet();
    }

    private static StateProvider on(String prefix) {
        return new RedisStateProvider(server.settings(prefix, Durability.POWER, new RedisSettings.Login("", "")));
    }

    @Override
    protected Set<Ability> abilities() {
        return EnumSet.of(Ability.DURABLE, Ability.SHARED);
    }

    @Override
    protected StateProvider open() {
        return on(mine);
    }

    @Override
    protected StateProvider openOther() {
        return on(prefix());
    }

    @Override
    protected void close(StateProvider provider) {
        ((RedisStateProvider) provider).deactivate();
    }

    @Override
    protected Map<String, Opener> misconfigured() {
        return Map.of(
                "host", () -> configured(Map.of("host", " ")),
                "port", () -> configured(Map.of("port", 70_000, "_password", SECRET)),
                "prefix", () -> configured(Map.of("prefix", "with space")),
                "durability", () -> configured(Map.of("durability", "forever")),
                "pool.size", () -> configured(Map.of("pool_size", 0)),
                "tls.truststore", () -> configured(Map.of("tls", true, "tls_truststore", "/no/such/file")),
                "tls.truststore is a file", () -> configured(Map.of("tls", true, "tls_truststore", "a\0b")),
                "patchbay.call.timeout", () -> configured(Map.of("patchbay_call_timeout", 1L)));
    }

    @Override
    protected Set<String> secrets() {
        return Set.of(SECRET);
    }

    private static RedisStateProvider configured(Map<String, Object> settings) {
        return new RedisStateProvider(Configurations.of(RedisStateConfiguration.class, settings));
    }

    /** A server that demands a replica that is not there takes no writes. */
    @Override
    protected Optional<Fault> fault() {
        return Optional.of(new Fault() {
            @Override
            public void begin() {
                server.execute(Command.CONFIG, "SET", "min-replicas-to-write", "1");
            }

            @Override
            public void end() {
                server.execute(Command.CONFIG, "SET", "min-replicas-to-write", "0");
            }
        });
    }
}
