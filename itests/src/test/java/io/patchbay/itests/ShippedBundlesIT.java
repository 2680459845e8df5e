// SPDX-License-Identifier: Apache-2.0
package io.patchbay.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShippedBundlesIT {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    @TempDir
    Path folder;

    private Container container;

    @BeforeEach
    void start() throws Exception {
        container = EmbeddedContainer.start(folder, Map.of());
    }

    @AfterEach
    void stop() throws Exception {
        container.close();
    }

    @Test
    void theFrameworkIsTheOneOfThisExecution() {
        assertThat(container.framework()).isEqualTo(System.getProperty("patchbay.framework"));
    }

    @Test
    void everyShippedBundleIsActive() {
        assertThat(container.states())
                .containsKeys("io.patchbay.api", "io.patchbay.wasmhost", "io.patchbay.shell")
                .allSatisfy((bundle, state) -> assertThat(state).as(bundle).isEqualTo("ACTIVE"));
    }

    @Test
    void aBundleAgainstTheApiAloneFindsAShippedProvider() throws Exception {
        container.install(ProbeBundle.of("io.patchbay.itests.probe", folder));

        Supplier<?> probe = container.await(Supplier.class, "(probe=clock)", LIMIT);

        assertThat(probe.get()).asString().startsWith("io.patchbay.clock.system.");
    }
}
