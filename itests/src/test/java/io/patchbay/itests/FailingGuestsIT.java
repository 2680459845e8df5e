// SPDX-License-Identifier: Apache-2.0
package io.patchbay.itests;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.artifact.WasmContainer;
import io.patchbay.artifact.assembler.GuestArtifact;
import io.patchbay.artifact.assembler.Guests;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** DESIGN 10, 4: a guest ends or blocks nothing but its own execution. How soon it is stopped is measured elsewhere. */
class FailingGuestsIT {
    @RegisterExtension
    static final NodeExtension NODE = new NodeExtension();

    private static final String HEALTHY = "healthy";
    private static final String DEADLINE = "deadline exceeded";
    private static final String CALLS = "the execution made more than";
    private static final int DEADLINE_MILLIS = 150;
    private static final Map<String, byte[]> ENDLESS = Guests.endless();
    private static final Map<String, byte[]> FAILING = Guests.failing();

    @BeforeAll
    static void installAHealthyPluginAndOneMadeWithGo() throws Exception {
        NODE.probe()
                .run("register", "kind", "log", "name", "quiet", "ranking", 1_000)
                .orFail();
        NODE.probe().installGranted(HEALTHY, new GuestArtifact(HEALTHY).of(Guests.noop()));
        Path go = Path.of("guests", "go", "misbehave").toAbsolutePath();
        NODE.probe().run("install", "path", go.toString()).orFail();
        NODE.probe()
                .run("grant", "plugin", "misbehave", "all", true, "whole", true)
                .orFail();
    }

    static Stream<String> endless() {
        return ENDLESS.keySet().stream();
    }

    static Stream<String> failing() {
        return FAILING.keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("endless")
    void anEndlessGuestEndsWithItsDeadlineOrItsLastAllowedCallAgainAndAgain(String name) throws Exception {
        String plugin = id("endless", name);
        NODE.probe()
                .installGranted(
                        plugin,
                        new GuestArtifact(plugin)
                                .requests("runtime", "info.now")
                                .of(ENDLESS.get(name)));

        for (int turn = 0; turn < 2; turn++) {
            assertThat(failure(plugin)).startsWith("FAILED: ").containsAnyOf(DEADLINE, CALLS);
            assertThat(NODE.probe().get(HEALTHY).body()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("failing")
    void aFailingGuestEndsItsOwnExecutionWithAClearText(String name) throws Exception {
        String plugin = id("failing", name);
        NODE.probe()
                .installGranted(
                        plugin,
                        new GuestArtifact(plugin)
                                .requests("runtime", "info.now")
                                .of(FAILING.get(name)));

        String first = NODE.probe().get(plugin).error();

        assertThat(first).startsWith("FAILED: ").hasSizeBetween(20, 400).doesNotContain("Exception", "com.dylibso");
        assertThat(NODE.probe().get(plugin).error()).isEqualTo(first);
        assertThat(NODE.probe().get(HEALTHY).body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"loop", "sleep", "host-calls", "write"})
    void aPluginMadeWithGoThatRunsOnEndsWithItsDeadline(String how) {
        assertThat(misbehave(how, 800).error()).startsWith("FAILED: ").contains(DEADLINE);
        assertThat(misbehave("stdout").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"panic-goroutine", "exit", "recursion"})
    void aPluginMadeWithGoThatBreaksEndsItsOwnExecution(String how) {
        assertThat(misbehave(how).error()).startsWith("FAILED: ");
        assertThat(misbehave("stdout").status()).isEqualTo(200);
    }

    @Test
    void aPanicOfAHandlerMadeWithGoIsAnAnswer() {
        assertThat(misbehave("panic").status()).isEqualTo(500);
    }

    @Test
    void anArtifactWithoutCodeIsInstalledAndItsRequestsAreRefused() throws Exception {
        byte[] artifact = new GuestArtifact("no-code").withoutRouteExecution().of(WasmContainer.emptyModule());
        NODE.probe().installGranted("no-code", artifact);

        assertThat(NODE.probe().get("no-code").error()).containsAnyOf("NO_BRIDGE: ", "NO_ROUTE: ");
    }

    private static Probe.Reply misbehave(String how) {
        return misbehave(how, 20_000);
    }

    private static Probe.Reply misbehave(String how, int timeoutMillis) {
        String path = "/misbehave?how=" + how;
        return NODE.probe().run("invoke", "plugin", "misbehave", "path", path, "timeoutMillis", timeoutMillis);
    }

    private static String failure(String plugin) {
        return NODE.probe()
                .run("invoke", "plugin", plugin, "path", "/run", "timeoutMillis", DEADLINE_MILLIS)
                .error();
    }

    private static String id(String kind, String name) {
        return kind + "-" + name.replaceAll("[^a-z0-9]+", "-");
    }
}
