// SPDX-License-Identifier: Apache-2.0
package io.patchbay.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** DESIGN 10, 2: what was acknowledged is there after the framework has started again, and from its owner only. */
class DurabilityIT {
    private static final String PLUGIN = "keeper";

    @TempDir
    Path folder;

    @Test
    void pluginsGrantsAndStateSurviveARestartOfTheFramework() throws Exception {
        try (TestNode node = start()) {
            node.probe().installGranted(PLUGIN, HostCalls.relay(PLUGIN));
            HostCalls.success(node.probe().hostCall(PLUGIN, HostCalls.set("k", "kept")));
        }

        try (TestNode node = start()) {
            assertThat(HostCalls.state(node.probe().hostCall(PLUGIN, HostCalls.get("k")))
                            .value())
                    .isEqualTo("kept");
        }
    }

    @Test
    void anotherStoreNeverAnswersForTheFirstOwnerNotEvenAfterARestart() throws Exception {
        try (TestNode node = start()) {
            node.probe().installGranted(PLUGIN, HostCalls.relay(PLUGIN));
            node.probe()
                    .run("register", "kind", "state", "name", "first", "store", "first", "ranking", 1_000)
                    .orFail();
            HostCalls.success(node.probe().hostCall(PLUGIN, HostCalls.set("k", "in the first store")));
            node.probe().run("unregister", "kind", "state", "name", "first").orFail();

            assertThat(HostCalls.failure(node.probe().hostCall(PLUGIN, HostCalls.get("k"))))
                    .contains("PROVIDER_UNAVAILABLE");
        }

        try (TestNode node = start()) {
            CompletableFuture<byte[]> read = node.probe().hostCallAsync(PLUGIN, HostCalls.get("k"));
            byte[] written = node.probe().hostCall(PLUGIN, HostCalls.set("k", "elsewhere"));

            assertThat(HostCalls.failure(written)).contains("PROVIDER_UNAVAILABLE");
            assertThat(HostCalls.failure(read.get(10, TimeUnit.SECONDS))).contains("PROVIDER_UNAVAILABLE");
        }
    }

    private TestNode start() throws Exception {
        return TestNode.start(folder, Map.of());
    }
}
