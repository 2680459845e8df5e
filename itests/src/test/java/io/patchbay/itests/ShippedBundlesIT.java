// SPDX-License-Identifier: Apache-2.0
package io.patchbay.itests;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.itests.harness.Eventually;
import io.patchbay.itests.harness.PostgresServer;
import io.patchbay.itests.harness.RedisServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

@NotIn(value = Container.KARAF, because = "it is about the jars of the launcher; KarafFeaturesIT is about the features")
class ShippedBundlesIT {
    private static final String[] FURTHER = {
        "io.patchbay.state.jdbc",
        "io.patchbay.state.redis",
        "io.patchbay.log.file",
        "io.patchbay.log.osgi",
        "io.patchbay.clock.fixed",
        "io.patchbay.clock.offset",
        "io.patchbay.uuid.v4",
        "io.patchbay.uuid.guid",
        "io.patchbay.uuid.sequence",
        "io.patchbay.node.config",
        "io.patchbay.node.environment"
    };

    private static final Set<String> READY = Set.of(
            "state=sqlite",
            "state=memory",
            "log=console",
            "log=file",
            "log=osgi",
            "clock=system",
            "uuid=v7",
            "uuid=v4",
            "uuid=guid",
            "node=hostname");

    private static final Set<String> CONFIGURED = Set.of(
            "state=jdbc",
            "state=redis",
            "clock=fixed",
            "clock=offset",
            "uuid=sequence",
            "node=config",
            "node=environment");

    @RegisterExtension
    static final NodeExtension NODE = new NodeExtension();

    @Test
    void theFrameworkIsTheOneOfThisExecution() {
        assertThat(NODE.container().framework()).isEqualTo(System.getProperty("patchbay.framework"));
    }

    @Test
    void everyShippedBundleIsActive() throws Exception {
        assertThat(NODE.container().states())
                .containsKeys("io.patchbay.api", "io.patchbay.wasmhost", "io.patchbay.shell", "org.postgresql.jdbc")
                .containsKeys(FURTHER)
                .allSatisfy((bundle, state) -> assertThat(state).as(bundle).isEqualTo("ACTIVE"));
    }

    /** A provider that opens a file gets ready on a thread of its own; one that needs settings says so. */
    @Test
    void everyShippedProviderGetsReadyOrAsksForItsSettings() throws Exception {
        Eventually.holds(Duration.ofSeconds(10), () -> named("READY").equals(READY));
        assertThat(named("UNCONFIGURED")).isEqualTo(CONFIGURED);
        assertThat(NODE.probe().run("providers").values()).hasSize(READY.size() + CONFIGURED.size());
    }

    private static Set<String> named(String state) {
        return named(NODE.probe(), state);
    }

    /** The providers that are in this state. */
    private static Set<String> named(Probe probe, String state) {
        return probe.run("providers").values().entrySet().stream()
                .filter(provider -> provider.getValue().toString().startsWith(state + " "))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** Those that need settings, with settings; the databases are real. */
    @Test
    void everyConfiguredProviderGetsReady(@TempDir Path folder) throws Exception {
        Path etc = Files.createDirectories(folder.resolve("data/etc"));
        try (PostgresServer postgres = new PostgresServer(folder.resolve("postgres"));
                RedisServer redis = new RedisServer(folder.resolve("redis"))) {
            configure(etc, "state.jdbc~main", "url=\"" + postgres.url() + "\"\nuser=\"postgres\"");
            configure(etc, "state.redis~main", "host=\"" + redis.host() + "\"\nport=I\"" + redis.port() + "\"");
            configure(etc, "clock.fixed", "time=\"2026-01-02T03:04:05Z\"");
            configure(etc, "clock.offset", "offset=\"PT1H\"");
            configure(etc, "uuid.sequence", "first=L\"7\"");
            configure(etc, "node.config", "name=\"blue\"");
            configure(etc, "node.environment", "variable=\"POD_NAME\"");
            try (TestNode node = TestNode.start(folder, Map.of())) {
                Eventually.holds(
                        Duration.ofSeconds(20),
                        () -> named(node.probe(), "READY").containsAll(CONFIGURED));
            }
        }
    }

    private static void configure(Path etc, String bundle, String settings) throws IOException {
        Files.writeString(etc.resolve("io.patchbay." + bundle + ".config"), settings + "\n");
    }
}
