// SPDX-License-Identifier: Apache-2.0
package io.patchbay.itests;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.itests.harness.Eventually;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** DESIGN 10, 1: no accepted call fails because a provider was swapped through the service registry. */
class SwapSimpleIT {
    @RegisterExtension
    static final NodeExtension NODE = new NodeExtension();

    private static final String PLUGIN = "swap";
    private static final String SPARE = "io.patchbay.itests.provider";
    private static final List<String> KINDS = List.of("clock", "uuid", "node", "log", "state");
    private static final Map<String, String> OLD_VALUES =
            Map.of("clock", "1000", "uuid", "old-uuid", "node", "old-node");

    @BeforeAll
    static void install() throws Exception {
        NODE.probe().installGranted(PLUGIN, HostCalls.relay(PLUGIN));
        registerOld("state");
        NODE.container().install(TestNode.bundle("provider"));
        NODE.container().stop(SPARE);
        unregisterOld("state");
    }

    @BeforeEach
    void serveFromTheOldProviders() {
        KINDS.forEach(SwapSimpleIT::registerOld);
    }

    @AfterEach
    void takeAllBack() throws Exception {
        NODE.probe().run("unregisterAll").orFail();
        NODE.container().stop(SPARE);
    }

    private static void registerOld(String kind) {
        String value = OLD_VALUES.getOrDefault(kind, "");
        run("register", kind, "value", value, "store", "shared", "ranking", 100).orFail();
    }

    private static void unregisterOld(String kind) {
        run("unregister", kind);
    }

    private static Probe.Reply run(String command, String kind, Object... more) {
        Object[] arguments = new Object[4 + more.length];
        arguments[0] = "kind";
        arguments[1] = kind;
        arguments[2] = "name";
        arguments[3] = "old";
        System.arraycopy(more, 0, arguments, 4, more.length);
        return NODE.probe().run(command, arguments);
    }

    @Test
    void callsThatStraddleASwapFinishOnTheOldProvidersAndTheNextUseTheNew() throws Exception {
        NODE.probe().hostCall(PLUGIN, HostCalls.set("k", "before"));
        // the log first: an entry carries the node's name, so the host asks that provider too
        CompletableFuture<byte[]> log = straddling("log", HostCalls.log("straddles"));
        CompletableFuture<byte[]> state = straddling("state", HostCalls.set("k", "straddles"));
        CompletableFuture<byte[]> clock = straddling("clock", HostCalls.now());
        CompletableFuture<byte[]> uuid = straddling("uuid", HostCalls.uuid());
        CompletableFuture<byte[]> node = straddling("node", HostCalls.node());

        NODE.container().start(SPARE);

        assertThat(NODE.probe().run("bindings").values()).isEqualTo(everyKindOn("spare"));
        assertThat(HostCalls.value(call(HostCalls.now()))).isEqualTo("2000");
        assertThat(HostCalls.value(call(HostCalls.uuid()))).isEqualTo("spare-uuid");
        assertThat(HostCalls.value(call(HostCalls.node()))).isEqualTo("spare-node");
        HostCalls.success(call(HostCalls.log("next")));
        assertThat(spareLog().get()).containsExactly("[plugin:swap] next");
        assertThat(HostCalls.state(call(HostCalls.get("k"))).value()).isEqualTo("before");

        KINDS.forEach(kind -> run("release", kind));

        assertThat(HostCalls.value(done(clock))).isEqualTo("1000");
        assertThat(HostCalls.value(done(uuid))).isEqualTo("old-uuid");
        assertThat(HostCalls.value(done(node))).isEqualTo("old-node");
        HostCalls.success(done(log));
        assertThat(NODE.probe().run("logged").lines()).containsExactly("info [plugin:swap] straddles");
        HostCalls.success(done(state));
        assertThat(HostCalls.state(call(HostCalls.get("k"))).value()).isEqualTo("straddles");
    }

    @Test
    void aProviderThatLeavesIsWaitedForUntilItsLastCallHasEnded() throws Exception {
        NODE.container().start(SPARE);
        KINDS.forEach(SwapSimpleIT::unregisterOld);
        KINDS.forEach(kind ->
                run("register", kind, "value", OLD_VALUES.getOrDefault(kind, ""), "store", "shared", "ranking", 2_000));
        CompletableFuture<byte[]> inFlight = straddling("node", HostCalls.node());

        CompletableFuture<Void> leaving = CompletableFuture.runAsync(() -> unregisterOld("node"));
        eventuallyBound("node", "spare");
        assertThat(HostCalls.value(call(HostCalls.node()))).isEqualTo("spare-node");

        assertThat(leaving).isNotDone();
        assertThat(inFlight).isNotDone();
        run("release", "node");
        leaving.get(10, TimeUnit.SECONDS);
        assertThat(HostCalls.value(done(inFlight))).isEqualTo("old-node");
    }

    @Test
    void eachOfTheFiveKindsIsSwappedWhileItIsCalled() throws Exception {
        Set<String> times = ConcurrentHashMap.newKeySet();
        Set<String> uuids = ConcurrentHashMap.newKeySet();
        Set<String> nodes = ConcurrentHashMap.newKeySet();
        Load.Step swapIn = () -> {
            NODE.container().start(SPARE);
            KINDS.forEach(kind -> eventuallyBound(kind, "spare"));
        };
        Load.Step swapOut = () -> {
            assertThat(spareLog().get()).isNotEmpty();
            NODE.container().stop(SPARE);
            KINDS.forEach(kind -> eventuallyBound(kind, "old"));
        };

        Load.during(
                List.of(
                        number -> times.add(HostCalls.value(call(HostCalls.now()))),
                        number -> uuids.add(HostCalls.value(call(HostCalls.uuid()))),
                        number -> nodes.add(HostCalls.value(call(HostCalls.node()))),
                        number -> HostCalls.success(call(HostCalls.log("line " + number))),
                        SwapSimpleIT::writeAndReadBack),
                List.of(swapIn, swapOut, swapIn, swapOut));

        assertThat(times).containsExactlyInAnyOrder("1000", "2000");
        assertThat(uuids).containsExactlyInAnyOrder("old-uuid", "spare-uuid");
        assertThat(nodes).containsExactlyInAnyOrder("old-node", "spare-node");
        assertThat(NODE.probe().run("logged").lines()).isNotEmpty();
    }

    private static void writeAndReadBack(int number) throws Exception {
        HostCalls.success(call(HostCalls.set("swapped", String.valueOf(number))));
        assertThat(HostCalls.state(call(HostCalls.get("swapped"))).value()).isEqualTo(String.valueOf(number));
    }

    @Test
    void aProviderThatComesBackWithinTheGraceCostsNoCall() throws Exception {
        NODE.probe().hostCall(PLUGIN, HostCalls.set("k", "kept"));
        CompletableFuture<Integer> calls = CompletableFuture.supplyAsync(() -> {
            int made = 0;
            for (; made < 300; made++) {
                byte[] answer = call(HostCalls.get("k"));
                assertThat(answer).as("call %s", made).isEqualTo(HostCalls.encode(out -> out.bytes(2, FOUND)));
            }
            return made;
        });

        while (!calls.isDone()) {
            unregisterOld("state");
            registerOld("state");
        }

        assertThat(calls.get()).isEqualTo(300);
    }

    /** The payload of {@code state.get}: the value and that it was found. */
    private static final byte[] FOUND =
            HostCalls.encode(out -> out.string(1, "kept").bool(2, true));

    @Test
    void anotherStoreNeverAnswersForTheOwnerThatLeft() throws Exception {
        NODE.probe().hostCall(PLUGIN, HostCalls.set("k", "owned"));
        KINDS.forEach(SwapSimpleIT::unregisterOld);

        assertThat(HostCalls.failure(call(HostCalls.get("k"))))
                .isEqualTo(
                        "4 {\"errorCode\":\"PROVIDER_UNAVAILABLE\",\"messageKey\":\"error.provider.unavailable\","
                                + "\"messageParams\":{\"provider\":\"state\"},\"fallback\":\"No provider is available for state\"}");
    }

    @Test
    void aFailingProviderTellsTheGuestNothingButAnIncident() throws Exception {
        run("fail", "node");

        assertThat(HostCalls.failure(call(HostCalls.node())))
                .startsWith("4 ")
                .contains("\"messageParams\":{\"incident\":\"", "\"fallback\":\"Host call failed\"")
                .doesNotContain("secret");
    }

    @Test
    void aProviderThatIsNotReadyServesNobodyYet() throws Exception {
        KINDS.forEach(SwapSimpleIT::unregisterOld);
        run("register", "node", "value", "late-node", "ranking", 3_000, "notReady", true);
        assertThat(HostCalls.value(call(HostCalls.node()))).isNotEqualTo("late-node");

        run("ready", "node");

        eventuallyBound("node", "old");
        assertThat(HostCalls.value(call(HostCalls.node()))).isEqualTo("late-node");
    }

    /** A call that is inside the old provider and stays there until it is let go. */
    private static CompletableFuture<byte[]> straddling(String kind, byte[] request) {
        run("hold", kind).orFail();
        CompletableFuture<byte[]> call = NODE.probe().hostCallAsync(PLUGIN, request);
        assertThat(run("awaitEntered", kind).values()).as(kind).containsEntry("entered", true);
        return call;
    }

    /** A swap that another thread brings about is published when that thread gets to it. */
    private static void eventuallyBound(String kind, String provider) {
        Eventually.holds(
                Duration.ofSeconds(10),
                () -> provider.equals(NODE.probe().run("bindings").values().get(kind)));
    }

    private static byte[] call(byte[] request) {
        return NODE.probe().hostCall(PLUGIN, request);
    }

    private static byte[] done(CompletableFuture<byte[]> call) throws Exception {
        return call.get(10, TimeUnit.SECONDS);
    }

    private static Map<String, Object> everyKindOn(String provider) {
        return Map.of("clock", provider, "uuid", provider, "node", provider, "log", provider, "state", provider);
    }

    @SuppressWarnings("unchecked")
    private static Supplier<List<String>> spareLog() throws Exception {
        return NODE.container().await(Supplier.class, "(patchbay.itests=spare-log)", Duration.ofSeconds(10));
    }
}
