// SPDX-License-Identifier: Apache-2.0
package io.patchbay.itests;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.artifact.assembler.GuestArtifact;
import io.patchbay.artifact.assembler.Guests;
import io.patchbay.itests.harness.Eventually;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * DESIGN 10, 1 and 2: while plugins call and an operator decides, a bundle of ours is updated. Calls wait, or are told to come
 * back; what was answered is in the state, in the log and in the registry.
 */
class UpdateUnderLoadIT {
    @RegisterExtension
    static final NodeExtension NODE = new NodeExtension();

    /** Its state is in the data folder, which goes and comes with {@code lifecycle}. */
    private static final String STORED = "stored";

    private static final String DECIDED = "runtime.info.now";
    private static final LoadedNode LOADED = new LoadedNode(NODE);

    /** How a caller learns that it is to come back. */
    private static final String COME_BACK =
            "RESTARTING: .*; try again in a moment|UNAVAILABLE: (the node is stopping|the data folder is not open)";

    private final AtomicInteger cameBack = new AtomicInteger();
    private final Set<String> logged = ConcurrentHashMap.newKeySet();

    @BeforeAll
    static void install() throws Exception {
        LOADED.install(new GuestArtifact(LoadedNode.PLUGIN).requests("runtime", "state.get", "state.set", "log.write"));
        NODE.probe()
                .installGranted(
                        STORED,
                        HostCalls.relay(
                                STORED,
                                new GuestArtifact(STORED).requests("runtime", "info.now", "state.get", "state.set")));
    }

    @AfterEach
    void nobodyCalledAProviderThatWasStopped() {
        assertThat(NODE.probe().run("ledger").lines()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"io.patchbay.bay", "io.patchbay.runtime", "io.patchbay.wasmhost"})
    void anUpdateOfABundleThatCallsGoThroughFailsNone(String bundle) throws Exception {
        updateUnderLoad(bundle);

        assertThat(cameBack).hasValue(0);
    }

    @Test
    void anUpdateOfTheBundleThatKeepsThePluginsLosesNothingThatWasAnswered() throws Exception {
        updateUnderLoad("io.patchbay.lifecycle");
    }

    private void updateUnderLoad(String bundle) throws Exception {
        Map<String, Object> bindings =
                NODE.probe().run("bindings", "plugin", LoadedNode.PLUGIN).values();
        Load.Step update = () -> NODE.container().update(bundle);

        Load.during(
                List.of(
                        number -> {
                            write(LoadedNode.PLUGIN, "caller-1", number);
                            log(bundle + " " + number);
                        },
                        number -> write(LoadedNode.PLUGIN, "caller-2", number),
                        number -> write(STORED, "caller-3", number),
                        this::decide),
                List.of(update, update));

        allLinesArrived();
        assertThat(NODE.probe().run("bindings", "plugin", LoadedNode.PLUGIN).values())
                .isEqualTo(bindings)
                .containsEntry("state", "witness");
    }

    /** Reads what the round before wrote, whatever happened since, and writes. */
    private void write(String plugin, String key, int number) throws Exception {
        if (number > 1) {
            assertThat(HostCalls.state(answer(plugin, HostCalls.get(key))).value())
                    .isEqualTo(String.valueOf(number - 1));
        }
        HostCalls.success(answer(plugin, HostCalls.set(key, String.valueOf(number))));
    }

    private void log(String line) throws Exception {
        HostCalls.success(answer(LoadedNode.PLUGIN, HostCalls.log(line)));
        logged.add(line);
    }

    private byte[] answer(String plugin, byte[] request) {
        byte[] body = Guests.relayBody(1, false, 1, request);
        return untilAnswered(() -> NODE.probe().post(plugin, body)).body();
    }

    /** An operator is shown what she decided in the round before, and grants and refuses in turn. */
    private void decide(int number) {
        if (number > 1) {
            assertThat(decision()).isEqualTo(isGranted(number - 1) ? "GRANTED" : "REFUSED");
        }
        untilAnswered(() -> NODE.probe()
                .run(isGranted(number) ? "grant" : "revoke", "plugin", STORED, "methods", List.of(DECIDED)));
    }

    private static boolean isGranted(int number) {
        return number % 2 == 0;
    }

    private String decision() {
        Object plugin =
                untilAnswered(() -> NODE.probe().run("plugins")).values().get(STORED);
        Object columns = ((Map<?, ?>) ((Map<?, ?>) plugin).get("methods")).get(DECIDED);
        // The column behind it says whether the method is provided: not while its bundle is updated.
        return columns.toString().split(" ")[0];
    }

    private Probe.Reply untilAnswered(Supplier<Probe.Reply> request) {
        AtomicReference<Probe.Reply> reply = new AtomicReference<>();
        Eventually.holds(() -> {
            reply.set(request.get());
            if (!reply.get().failed()) {
                return true;
            }
            assertThat(reply.get().error()).matches(COME_BACK);
            cameBack.incrementAndGet();
            return false;
        });
        return reply.get();
    }

    /** At the provider, or in the framework's log while it was not to be reached. */
    private void allLinesArrived() {
        Set<String> missing = new HashSet<>(logged);
        Eventually.holds(() -> {
            List<String> lines = new ArrayList<>(NODE.probe().run("sink").lines());
            lines.addAll(NODE.probe().run("frameworkLog").lines());
            lines.forEach(line -> missing.remove(line.replaceFirst("^.*\\[plugin:" + LoadedNode.PLUGIN + "] ", "")));
            return missing.isEmpty();
        });
    }
}
