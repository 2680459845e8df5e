// SPDX-License-Identifier: Apache-2.0
package io.patchbay.state.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.itests.harness.Eventually;
import io.patchbay.provider.Durability;
import io.patchbay.provider.state.StateQuota;
import io.patchbay.provider.state.StateScope;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedisTlsTest {
    private static final StateScope SCOPE = new StateScope("demo", 0);

    @TempDir
    Path folder;

    @Test
    void aTrustedServerServesAndAnUntrustedOrOtherwiseNamedOneIsNotTalkedTo() throws Exception {
        Path keys = TlsFront.keyStore(folder);
        try (RedisProcess server = new RedisProcess(folder.resolve("server"));
                TlsFront front = new TlsFront(keys, server.address())) {
            RedisSettings.Tls trusting = new RedisSettings.Tls(Optional.of(keys), TlsFront.PASSWORD);
            RedisStateProvider trusted = RedisProcess.open(settings("localhost", front.port(), trusting));
            trusted.putMany(SCOPE, Map.of("k", "v"), new StateQuota(10, 100));
            assertThat(trusted.get(SCOPE, "k")).contains("v");
            trusted.deactivate();
            assertNotReady(settings("127.0.0.1", front.port(), trusting));
            assertNotReady(
                    settings("localhost", front.port(), new RedisSettings.Tls(Optional.empty(), TlsFront.PASSWORD)));
        }
    }

    private static void assertNotReady(RedisSettings settings) {
        RedisStateProvider provider = new RedisStateProvider(settings);
        Eventually.holds(() -> provider.health().detail().contains("host, port and tls"));
        assertThat(provider.ready().toCompletableFuture()).isNotDone();
        provider.deactivate();
    }

    private static RedisSettings settings(String host, int port, RedisSettings.Tls tls) {
        return new RedisSettings(
                "tls",
                host,
                port,
                0,
                "tls",
                new RedisSettings.Login("", ""),
                Optional.of(tls),
                Durability.NONE,
                2,
                Duration.ofSeconds(2));
    }
}
