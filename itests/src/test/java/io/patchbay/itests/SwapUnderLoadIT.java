// SPDX-License-Identifier: Apache-2.0
package io.patchbay.itests;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.artifact.assembler.GuestArtifact;
import io.patchbay.itests.harness.Eventually;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** DESIGN 10, 1, 2 and 7: what an operator does to bundles while plugins call; {@code bench/run swap-stress} does it for long. */
class SwapUnderLoadIT {
    @RegisterExtension
    static final NodeExtension NODE = new NodeExtension();

    private static final String PLUGIN = "loaded";
    private static final String WITNESS = "io.patchbay.itests.witness";
    private static final String GREETING = "io.patchbay.itests.greeting";
    private static final String GREETER = "io.patchbay.itests.greeter";
    private static final int CALLERS = 3;

    /** Longer than any gap here, on however slow a machine; less than an execution's deadline. */
    private static final long GRACE_MILLIS = 25_000;

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @BeforeAll
    static void install() throws Exception {
        configure("io.patchbay.bay", "grace.millis", GRACE_MILLIS);
        configure("io.patchbay.wasmhost", "grace.millis", GRACE_MILLIS);
        long node = nodeId();
        configure("io.patchbay.lifecycle", "grace.millis", GRACE_MILLIS);
        Eventually.holds(() -> nodeId() > node);
        NODE.probe().run("makeStore", "store", "witness").orFail();
        for (String bundle : List.of("witness", "greeting", "greeter")) {
            NODE.container().install(TestNode.bundle(bundle));
        }
        configure(WITNESS + ".state", "patchbay.provider", "witness");
        configure(WITNESS + ".log", "patchbay.provider", "witness");
        configure(GREETER, "patchbay.provider", "greeter");
        Eventually.holds(() -> NODE.probe()
                .run("providers")
                .values()
                .keySet()
                .containsAll(List.of("state=witness", "log=witness", "greeting=greeter")));
        GuestArtifact artifact = new GuestArtifact(PLUGIN)
                .requests("runtime", "state.get", "state.set", "log.write")
                .requests("greeting", "greet");
        byte[] relay = HostCalls.relay(PLUGIN, artifact);
        // The new settings may start the node anew more than once; meanwhile it says that it is not there.
        Eventually.holds(
                () -> !"UNAVAILABLE".equals(NODE.probe().install(relay).values().get("problem")));
        NODE.probe().installGranted(PLUGIN, relay);
        // Nothing was written yet: the binding decides where the first write goes.
        bind("state", "witness");
        bind("log", "witness");
        HostCalls.success(call(HostCalls.set("k", "first")));
    }

    @AfterEach
    void nobodyCalledAProviderThatWasStopped() {
        threads.shutdown();
        assertThat(NODE.probe().run("ledger").lines()).isEmpty();
    }

    /** Another number each time the plugins of this node were started anew. */
    private static long nodeId() {
        return (Long) NODE.probe()
                .run("serviceId", "type", "io.patchbay.port.OwnerRegistry")
                .values()
                .get("id");
    }

    private static void configure(String pid, String name, Object value) {
        NODE.probe()
                .run("configure", "pid", pid, "settings", Map.of(name, value))
                .orFail();
    }

    private static void bind(String kind, String provider) {
        NODE.probe()
                .run("bindLasting", "kind", kind, "provider", provider, "plugin", PLUGIN)
                .orFail();
    }

    private static byte[] call(byte[] request) {
        return NODE.probe().hostCall(PLUGIN, request);
    }

    /** What is done while callers write and read back; it goes on in small steps, with calls between them. */
    private interface Step {
        void run() throws Exception;
    }

    private void underLoad(Step... steps) throws Exception {
        AtomicInteger turns = new AtomicInteger();
        CompletableFuture<Void> end = new CompletableFuture<>();
        List<Future<Integer>> callers = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            String key = "caller-" + i;
            callers.add(threads.submit(() -> writeAndReadBack(key, turns, end)));
        }
        for (Step step : steps) {
            awaitTurns(turns, callers);
            step.run();
        }
        awaitTurns(turns, callers);
        end.complete(null);
        for (Future<Integer> caller : callers) {
            assertThat(caller.get(60, TimeUnit.SECONDS)).isPositive();
        }
    }

    private static int writeAndReadBack(String key, AtomicInteger turns, CompletableFuture<Void> end) throws Exception {
        int number = 0;
        while (!end.isDone()) {
            number++;
            HostCalls.success(call(HostCalls.set(key, String.valueOf(number))));
            assertThat(HostCalls.state(call(HostCalls.get(key))).value()).isEqualTo(String.valueOf(number));
            turns.incrementAndGet();
        }
        return number;
    }

    private static void awaitTurns(AtomicInteger turns, List<? extends Future<?>> callers) {
        int wanted = turns.get() + 2 * CALLERS;
        Eventually.holds(() -> turns.get() >= wanted || callers.stream().anyMatch(Future::isDone));
    }

    @ParameterizedTest
    @ValueSource(strings = {"io.patchbay.bay", "io.patchbay.runtime", "io.patchbay.wasmhost"})
    void anUpdateOfABundleThatCallsGoThroughFailsNone(String bundle) throws Exception {
        Step update = () -> NODE.container().update(bundle);

        underLoad(update, update);
    }

    @Test
    void aProviderOfTheHighestRankingOnAnotherStoreChangesNothing() throws Exception {
        underLoad(() -> NODE.probe()
                .run("register", "kind", "state", "name", "intruder", "ranking", 10_000, "store", "intruder")
                .orFail());

        assertThat(NODE.probe().run("bindings", "plugin", PLUGIN).text("state")).isEqualTo("witness");
        assertThat(NODE.probe()
                        .run("unregister", "kind", "state", "name", "intruder")
                        .values())
                .containsEntry("calls", 0);
    }

    @Test
    void configurationChangeStopOfTheProviderAndStopOfTheBayMayOverlap() throws Exception {
        List<Step> rounds = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            int round = i;
            rounds.add(() -> {
                together(
                        () -> NODE.probe()
                                .run(
                                        "configure",
                                        "pid",
                                        WITNESS + ".state",
                                        "settings",
                                        Map.of("patchbay.provider", "witness", "note", "change " + round))
                                .orFail(),
                        () -> NODE.container().stop(WITNESS),
                        () -> NODE.container().stop("io.patchbay.bay"));
                NODE.container().start("io.patchbay.bay");
                NODE.container().start(WITNESS);
            });
        }

        underLoad(rounds.toArray(Step[]::new));

        assertThat(NODE.probe().run("frameworkLog").lines()).noneMatch(line -> line.contains("imeout"));
    }

    private void together(Step... steps) throws Exception {
        List<Future<?>> running = new ArrayList<>();
        for (Step step : steps) {
            Callable<Void> action = () -> {
                step.run();
                return null;
            };
            running.add(threads.submit(action));
        }
        for (Future<?> each : running) {
            each.get(60, TimeUnit.SECONDS);
        }
    }

    @Test
    void aKindOfAStrangerIsSwappedLikeTheOthers() throws Exception {
        assertThat(greeting()).isEqualTo("greeter greets " + PLUGIN);
        AtomicInteger turns = new AtomicInteger();
        CompletableFuture<Void> end = new CompletableFuture<>();
        Future<Integer> caller = threads.submit(() -> {
            while (!end.isDone()) {
                assertThat(greeting()).endsWith("greets " + PLUGIN);
                turns.incrementAndGet();
            }
            return turns.get();
        });
        List<Step> steps = List.of(
                () -> NODE.container().update(GREETER),
                () -> configure(GREETER, "patchbay.provider", "greeter-too"),
                () -> NODE.container().stop(GREETER),
                () -> NODE.container().start(GREETER));
        for (Step step : steps) {
            step.run();
            if (NODE.container().states().get(GREETER).equals("ACTIVE")) {
                awaitTurns(turns, List.of(caller));
            }
        }
        end.complete(null);
        assertThat(caller.get(60, TimeUnit.SECONDS)).isPositive();

        assertThat(greeting()).isEqualTo("greeter-too greets " + PLUGIN);
        configure(GREETER, "patchbay.provider", "greeter");
        Eventually.holds(() -> greeting().equals("greeter greets " + PLUGIN));
    }

    @Test
    void aCallThatWaitsForAProviderOutlivesAStopOfTheHostServiceThatMadeIt() throws Exception {
        assertThat(greeting()).isEqualTo("greeter greets " + PLUGIN);
        NODE.container().stop(GREETER);
        double before = waits();
        Future<String> waiting = threads.submit(SwapUnderLoadIT::greeting);
        Eventually.holds(() -> waits() > before);

        NODE.container().stop(GREETING);
        NODE.container().start(GREETING);
        NODE.container().start(GREETER);

        assertThat(waiting.get(60, TimeUnit.SECONDS)).isEqualTo("greeter greets " + PLUGIN);
    }

    @Test
    void aHostServiceThatIsAwayWhileTheEngineIsUpdatedIsWaitedFor() throws Exception {
        NODE.container().stop("io.patchbay.runtime");
        NODE.container().update("io.patchbay.wasmhost");
        Future<byte[]> waiting = threads.submit(() -> call(HostCalls.get("k")));

        NODE.container().start("io.patchbay.runtime");

        assertThat(HostCalls.state(waiting.get(60, TimeUnit.SECONDS)).value()).isEqualTo("first");
    }

    private static double waits() {
        return (Double) NODE.probe()
                .run("metric", "name", "patchbay_slot_waits_total")
                .values()
                .get("value");
    }

    private static String greeting() throws Exception {
        return HostCalls.value(call(HostCalls.request("greeting", "greet", new byte[0])));
    }

    @Test
    void aLineThatNoProviderTakesIsInTheFrameworksLogWhateverItsLevel() throws Exception {
        NODE.container().stop(WITNESS);
        try {
            HostCalls.success(call(HostCalls.log("nobody listens")));
        } finally {
            NODE.container().start(WITNESS);
        }

        List<String> heard = new ArrayList<>();
        Eventually.holds(() -> {
            heard.addAll(NODE.probe().run("frameworkLog").lines());
            return heard.stream().anyMatch(line -> line.endsWith("[plugin:" + PLUGIN + "] nobody listens"));
        });
    }
}
