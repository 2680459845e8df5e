// SPDX-License-Identifier: Apache-2.0
package io.patchbay.state.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.itests.harness.Eventually;
import io.patchbay.itests.harness.ProviderContainer;
import io.patchbay.provider.state.StateProvider;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;

/** The bundle with the manifest that it is shipped with. */
class RedisBundleTest {
    @TempDir
    Path folder;

    @Test
    void eachConfigurationIsAProviderAndNothingIsLeftBehind() throws Exception {
        try (RedisProcess server = new RedisProcess(folder.resolve("server"))) {
            try (ProviderContainer container =
                    new ProviderContainer(folder.resolve("cache"), StateProvider.class, RedisStateProvider.class)) {
                Map<String, Object> settings = new HashMap<>(Map.of(
                        "patchbay.provider", "one",
                        "host", "127.0.0.1",
                        "port", server.port(),
                        "prefix", "one",
                        "patchbay.call.timeout", 1_500L));
                Object one = container.configure(RedisStateProvider.PID, settings);
                settings.putAll(Map.of("patchbay.provider", "two", "prefix", "two", ".password", "s3cret"));
                container.configure(RedisStateProvider.PID, settings);
                settings.putAll(Map.of("patchbay.provider", "wrong", "durability", "forever"));
                container.configure(RedisStateProvider.PID, settings);
                assertThat(readiness(container, "one")).isEmpty();
                assertThat(readiness(container, "wrong")).contains("durability").contains("'forever'");
                ServiceReference<?> provider = container.providers("one").get(0);
                assertThat(container.call(provider, "scopes", "demo")).isEqualTo(List.of());
                assertThat(provider.getProperty(Constants.SERVICE_RANKING)).isEqualTo(-1000);
                assertThat(provider.getProperty("patchbay.call.timeout")).isEqualTo(1_500L);
                assertThat(provider.getProperty("patchbay.blocking")).isEqualTo("ALL");
                Eventually.holds(() -> container.providers("two").size() == 1);
                assertThat(container.providers("two").get(0).getPropertyKeys()).doesNotContain(".password");
                container.delete(one);
                Eventually.holds(() -> container.providers("one").isEmpty());
            }
            Eventually.holds(() -> Thread.getAllStackTraces().keySet().stream()
                    .noneMatch(thread -> thread.getName().contains("patchbay-")
                            || thread.getName().contains("commons-pool")));
        }
    }

    private static String readiness(ProviderContainer container, String name) {
        Eventually.holds(() -> container.providers(name).size() == 1);
        return container.readiness(container.providers(name).get(0));
    }
}
