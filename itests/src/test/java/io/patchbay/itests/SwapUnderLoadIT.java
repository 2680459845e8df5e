// SPDX-License-Identifier: Apache-2.0
package io.patchbay.itests;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.artifact.assembler.GuestArtifact;
import io.patchbay.itests.harness.Eventually;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** DESIGN 10, 1, 2 and 7: what an operator does to bundles while plugins call; {@code bench/run swap-stress} does it for long. */
class SwapUnderLoadIT {
    @RegisterExtension
    static final NodeExtension NODE = new NodeExtension();

    private static final String GREETING = "io.patchbay.itests.greeting";
    private static final String GREETER = "io.patchbay.itests.greeter";
    private static final String GREETER_NAME = "patchbay.provider";
    private static final int CALLERS = 3;

    private static final LoadedNode LOADED = new LoadedNode(NODE);

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @BeforeAll
    static void install() throws Exception {
        for (String bundle : List.of("greeting", "greeter")) {
            NODE.container().install(TestNode.bundle(bundle));
        }
        LOADED.configure(GREETER, Map.of(GREETER_NAME, "greeter"));
        Eventually.holds(() -> NODE.probe().run("providers").values().containsKey("greeting=greeter"));
        LOADED.install(new GuestArtifact(LoadedNode.PLUGIN)
                .requests("runtime", "state.get", "state.set", "log.write")
                .requests("greeting", "greet"));
        HostCalls.success(LOADED.call(HostCalls.set("k", "first")));
    }

    @AfterEach
    void nobodyCalledAProviderThatWasStopped() {
        threads.shutdown();
        assertThat(NODE.probe().run("ledger").lines()).isEmpty();
    }

    private static void underLoad(Load.Step... steps) throws Exception {
        List<Load.Caller> callers = IntStream.range(0, CALLERS)
                .mapToObj(i -> LOADED.writingAndReadingBack("caller-" + i))
                .toList();
        Load.during(callers, List.of(steps));
    }

    @Test
    void aProviderOfTheHighestRankingOnAnotherStoreChangesNothing() throws Exception {
        underLoad(() -> NODE.probe()
                .run("register", "kind", "state", "name", "intruder", "ranking", 10_000, "store", "intruder")
                .orFail());

        assertThat(NODE.probe().run("bindings", "plugin", LoadedNode.PLUGIN).text("state"))
                .isEqualTo("witness");
        assertThat(NODE.probe()
                        .run("unregister", "kind", "state", "name", "intruder")
                        .values())
                .containsEntry("calls", 0);
    }

    @Test
    void configurationChangeStopOfTheProviderAndStopOfTheBayMayOverlap() throws Exception {
        List<Load.Step> rounds = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            int round = i;
            rounds.add(() -> {
                together(
                        () -> NODE.probe()
                                .run(
                                        "configure",
                                        "pid",
                                        LoadedNode.WITNESS + ".state",
                                        "settings",
                                        Map.of("patchbay.provider", "witness", "note", "change " + round))
                                .orFail(),
                        () -> NODE.container().stop(LoadedNode.WITNESS),
                        () -> NODE.container().stop("io.patchbay.bay"));
                NODE.container().start("io.patchbay.bay");
                NODE.container().start(LoadedNode.WITNESS);
            });
        }

        underLoad(rounds.toArray(Load.Step[]::new));

        assertThat(NODE.probe().run("frameworkLog").lines()).noneMatch(line -> line.contains("imeout"));
    }

    private void together(Load.Step... steps) throws Exception {
        List<Future<?>> running = new ArrayList<>();
        for (Load.Step step : steps) {
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
        assertThat(greeting()).isEqualTo("greeter greets " + LoadedNode.PLUGIN);

        Load.during(
                List.of(number -> assertThat(greeting()).endsWith("greets " + LoadedNode.PLUGIN)),
                List.of(
                        () -> NODE.container().update(GREETER),
                        () -> LOADED.configure(GREETER, Map.of(GREETER_NAME, "greeter-too")),
                        () -> {
                            NODE.container().stop(GREETER);
                            NODE.container().start(GREETER);
                        }));

        assertThat(greeting()).isEqualTo("greeter-too greets " + LoadedNode.PLUGIN);
        LOADED.configure(GREETER, Map.of(GREETER_NAME, "greeter"));
        Eventually.holds(() -> greeting().equals("greeter greets " + LoadedNode.PLUGIN));
    }

    @Test
    void aCallThatWaitsForAProviderOutlivesAStopOfTheHostServiceThatMadeIt() throws Exception {
        assertThat(greeting()).isEqualTo("greeter greets " + LoadedNode.PLUGIN);
        NODE.container().stop(GREETER);
        double before = waits();
        Future<String> waiting = threads.submit(SwapUnderLoadIT::greeting);
        Eventually.holds(() -> waits() > before);

        NODE.container().stop(GREETING);
        NODE.container().start(GREETING);
        NODE.container().start(GREETER);

        assertThat(waiting.get(60, TimeUnit.SECONDS)).isEqualTo("greeter greets " + LoadedNode.PLUGIN);
    }

    @Test
    void aHostServiceThatIsAwayWhileTheEngineIsUpdatedIsWaitedFor() throws Exception {
        NODE.container().stop("io.patchbay.runtime");
        NODE.container().update("io.patchbay.wasmhost");
        Future<byte[]> waiting = threads.submit(() -> LOADED.call(HostCalls.get("k")));

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
        return HostCalls.value(LOADED.call(HostCalls.request("greeting", "greet", new byte[0])));
    }

    @Test
    void aLineThatNoProviderTakesIsInTheFrameworksLogWhateverItsLevel() throws Exception {
        NODE.container().stop(LoadedNode.WITNESS);
        try {
            HostCalls.success(LOADED.call(HostCalls.log("nobody listens")));
        } finally {
            NODE.container().start(LoadedNode.WITNESS);
        }

        List<String> heard = new ArrayList<>();
        Eventually.holds(() -> {
            heard.addAll(NODE.probe().run("frameworkLog").lines());
            return heard.stream().anyMatch(line -> line.endsWith("[plugin:" + LoadedNode.PLUGIN + "] nobody listens"));
        });
    }
}
