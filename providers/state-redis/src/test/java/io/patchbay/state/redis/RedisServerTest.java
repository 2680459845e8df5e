// SPDX-License-Identifier: Apache-2.0
package io.patchbay.state.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.itests.harness.Eventually;
import io.patchbay.provider.BackendUnavailableException;
import io.patchbay.provider.Durability;
import io.patchbay.provider.state.StateProvider;
import io.patchbay.provider.state.StateScope;
import io.patchbay.tck.Fault;
import io.patchbay.tck.StateServerContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Protocol;

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
        return new RedisStateProvider(redis.settings(mine, Durability.POWER, new RedisSettings.Login("", "")));
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

    @Test
    void aServerThatStillReadsItsDataIsAwayAndNothingElse() throws Exception {
        for (int batch = 0; batch < 10; batch++) {
            redis.execute(
                    Protocol.Command.EVAL,
                    "for i = 1, 20000 do redis.call('SET', KEYS[1] .. i, string.rep('x', 100)) end",
                    "1",
                    "bulk:" + batch + ":");
        }
        RedisStateProvider provider =
                RedisProcess.open(redis.settings(mine, Durability.POWER, new RedisSettings.Login("", "")));
        redis.kill();
        CompletableFuture<Void> starts = CompletableFuture.runAsync(() -> {
            try {
                redis.start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        AtomicInteger refused = new AtomicInteger();
        Eventually.holds(() -> {
            try {
                provider.get(new StateScope("demo", 0), "k");
                return true;
            } catch (BackendUnavailableException away) {
                refused.incrementAndGet();
                return false;
            }
        });
        starts.get(30, TimeUnit.SECONDS);
        provider.deactivate();
        assertThat(refused).hasPositiveValue();
    }
}
