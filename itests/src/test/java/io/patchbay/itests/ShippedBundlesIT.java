// SPDX-License-Identifier: Apache-2.0
package io.patchbay.itests;

import static org.assertj.core.api.Assertions.assertThat;

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

    @Test
    void everyShippedProviderIsReady() {
        assertThat(NODE.probe().run("providers").values())
                .allSatisfy((provider, state) ->
                        assertThat(state).asString().as(provider).startsWith("READY"))
                .containsKeys(
                        "state=sqlite", "state=memory", "log=console", "clock=system", "uuid=v7", "node=hostname");
    }
}
