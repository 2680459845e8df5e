// SPDX-License-Identifier: Apache-2.0
package io.patchbay.itests;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.artifact.assembler.Guests;
import io.patchbay.itests.harness.Eventually;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** DESIGN 9: bundles start in any order, and each may stop and start again. */
@NotIn(value = Container.KARAF, because = "what it stops is what Karaf's console and the tests' way in live by")
class BundleOrderIT {
    private static final String PLUGIN = "walker";
    private static final Duration LIMIT = Duration.ofSeconds(15);

    private static final List<String> OURS = List.of(
            "io.patchbay.bay",
            "io.patchbay.runtime",
            "io.patchbay.wasmhost",
            "io.patchbay.lifecycle",
            "io.patchbay.state.sqlite",
            "io.patchbay.log.console",
            "io.patchbay.clock.system",
            "org.apache.felix.configadmin",
            "org.apache.felix.scr");

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void anyOrderOfStartAndAnyStopOfOneBundleEndsInAWorkingNode(long seed) throws Exception {
        Random random = new Random(seed);
        try (TestNode node = TestNode.start(folder, Map.of(), jars -> shuffled(jars, random))) {
            node.probe().installGranted(PLUGIN, HostCalls.relay(PLUGIN));
            HostCalls.success(node.probe().hostCall(PLUGIN, HostCalls.set("k", "kept")));

            for (String bundle : shuffled(OURS, random)) {
                node.container().stop(bundle);
                node.container().start(bundle);

                Eventually.holds(LIMIT, () -> works(node));
            }
            assertThat(node.container().states())
                    .allSatisfy((bundle, state) -> assertThat(state).as(bundle).isEqualTo("ACTIVE"));
        }
    }

    private static boolean works(TestNode node) throws Exception {
        Probe.Reply reply = node.probe().post(PLUGIN, Guests.relayBody(1, false, 1, HostCalls.get("k")));
        return !reply.failed() && HostCalls.state(reply.body()).value().equals("kept");
    }

    private static <T> List<T> shuffled(List<T> list, Random random) {
        List<T> copy = new ArrayList<>(list);
        Collections.shuffle(copy, random);
        return copy;
    }
}
