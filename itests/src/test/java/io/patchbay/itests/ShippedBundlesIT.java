// SPDX-License-Identifier: Apache-2.0
package io.patchbay.itests;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.itests.harness.Eventually;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ShippedBundlesIT {
    @RegisterExtension
    static final NodeExtension NODE = new NodeExtension();

    @Test
    void theFrameworkIsTheOneOfThisExecution() {
        assertThat(NODE.container().framework()).isEqualTo(System.getProperty("patchbay.framework"));
    }

    @Test
    void everyShippedBundleIsActive() {
        assertThat(NODE.container().states())
                .containsKeys("io.patchbay.api", "io.patchbay.wasmhost", "io.patchbay.shell")
                .allSatisfy((bundle, state) -> assertThat(state).as(bundle).isEqualTo("ACTIVE"));
    }

    /** A provider that opens a file gets ready on a thread of its own. */
    @Test
    void everyShippedProviderGetsReady() throws Exception {
        Eventually.holds(
                Duration.ofSeconds(10),
                () -> providers().values().stream()
                        .allMatch(state -> state.toString().startsWith("READY")));
        assertThat(providers())
                .containsOnlyKeys(
                        "state=sqlite", "state=memory", "log=console", "clock=system", "uuid=v7", "node=hostname");
    }

    private static Map<String, Object> providers() {
        return NODE.probe().run("providers").values();
    }
}
