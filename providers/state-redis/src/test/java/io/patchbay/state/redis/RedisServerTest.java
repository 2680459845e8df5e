// SPDX-License-Identifier: Apache-2.0
package io.patchbay.state.redis;

import io.patchbay.provider.Durability;
import io.patchbay.provider.state.StateProvider;
import io.patchbay.tck.Fault;
import io.patchbay.tck.StateServerContract;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** A server to kill, a prefix of its own for each store. */
class RedisServerTest extends StateServerContract {
    private static final AtomicInteger STORES = new AtomicInteger();

    @TempDir
    static Path folder;

    private static RedisProcess redis;

    private final String mine = "store" + STORES.incrementAndGet();

    @BeforeAll
    static void startServer() throws Exception {
        redis = new RedisProcess(folder, "appendonly yes", "appendfsync always");
    }

    @AfterAll
    static void stopServer() throws Exception {
        redis.close();
    }

    @Override
    protected StateProvider open() {
        return new RedisStateProvider(
                new RedisConnector(redis.settings(mine, Durability.POWER, new RedisSettings.Login("", ""))));
    }

    @Override
    protected void close(StateProvider provider) {
        ((RedisStateProvider) provider).deactivate();
    }

    @Override
    protected Fault server() {
        return new Fault() {
            @Override
            public void begin() throws Exception {
                redis.kill();
            }

            @Override
            public void end() throws Exception {
                redis.start();
            }
        };
    }
}
