// SPDX-License-Identifier: Apache-2.0
package io.patchbay.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** DESIGN 10, 2: what was acknowledged is there after the container has started again, and from its owner only. */
class DurabilityIT {
    @RegisterExtension
    static final NodeExtension NODE = new NodeExtension();

    private static final String KEEPER = "keeper";
    private static final String BEREFT = "bereft";

    @BeforeAll
    static void storeAndRestart() throws Exception {
        NODE.probe().installGranted(KEEPER, HostCalls.relay(KEEPER));
        HostCalls.success(NODE.probe().hostCall(KEEPER, HostCalls.set("k", "kept")));

        NODE.probe().installGranted(BEREFT, HostCalls.relay(BEREFT));
        NODE.probe()
                .run("register", "kind", "state", "name", "first", "store", "first", "ranking", 1_000)
                .orFail();
        HostCalls.success(NODE.probe().hostCall(BEREFT, HostCalls.set("k", "in the first store")));
        NODE.probe().run("unregister", "kind", "state", "name", "first").orFail();
        assertThat(HostCalls.failure(NODE.probe().hostCall(BEREFT, HostCalls.get("k"))))
                .contains("PROVIDER_UNAVAILABLE");

        NODE.restart();
    }

    @Test
    void pluginsGrantsAndStateSurviveARestart() throws Exception {
        assertThat(HostCalls.state(NODE.probe().hostCall(KEEPER, HostCalls.get("k")))
                        .value())
                .isEqualTo("kept");
    }

    @Test
    void anotherStoreNeverAnswersForTheFirstOwnerNotEvenAfterARestart() throws Exception {
        CompletableFuture<byte[]> read = NODE.probe().hostCallAsync(BEREFT, HostCalls.get("k"));
        byte[] written = NODE.probe().hostCall(BEREFT, HostCalls.set("k", "elsewhere"));

        assertThat(HostCalls.failure(written)).contains("PROVIDER_UNAVAILABLE");
        assertThat(HostCalls.failure(read.get(10, TimeUnit.SECONDS))).contains("PROVIDER_UNAVAILABLE");
    }
}
