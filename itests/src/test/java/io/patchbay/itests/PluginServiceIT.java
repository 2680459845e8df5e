// SPDX-License-Identifier: Apache-2.0
package io.patchbay.itests;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.artifact.assembler.GuestArtifact;
import io.patchbay.artifact.assembler.Guests;
import io.patchbay.itests.harness.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** DESIGN 4 and 7: a plugin as the service that {@code examples/app} calls, through whatever happens behind it. */
class PluginServiceIT {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final String PLUGIN = "export-report";
    private static final String APP = "io.patchbay.examples.app";

    /** DESIGN 4. */
    private static final int RUNNING = 16;

    private static final int WAITING = 64;

    @RegisterExtension
    static final NodeExtension NODE = new NodeExtension();

    @BeforeAll
    static void startTheApp() throws Exception {
        NODE.container().install(Path.of(System.getProperty("patchbay.probes")).resolve(APP + ".jar"));
    }

    @BeforeEach
    void installThePlugin() throws Exception {
        if (NODE.probe().run("plugins").values().containsKey(PLUGIN)) {
            change("uninstall");
        }
        change("install", "path", file("v1.0.0", "one"), "enable", true);
    }

    private static String file(String version, String text) throws IOException {
        byte[] artifact = new GuestArtifact(PLUGIN)
                .version(version)
                .route("GET", "/export", "ExportReq", "public")
                .of(Guests.answer(text.getBytes(UTF_8)));
        return Files.write(Files.createTempFile(NODE.folder(), "artifact", ".wasm"), artifact)
                .toString();
    }

    private static void change(String request, Object... more) {
        List<Object> arguments = new ArrayList<>(List.of("request", request, "plugin", PLUGIN));
        arguments.addAll(List.of(more));
        NODE.probe().run("change", arguments.toArray()).orFail();
    }

    @SuppressWarnings("unchecked")
    private static UnaryOperator<String> desk() throws Exception {
        return NODE.container().await(UnaryOperator.class, "(osgi.command.scope=report)", LIMIT);
    }

    /** The service's id and object; what changes with the release is left out. */
    private static Map<String, Object> service() {
        Map<String, Object> service = new HashMap<>(
                NODE.probe().run("pluginService", "plugin", PLUGIN).orFail().values());
        service.keySet().retainAll(List.of("service.id", "object"));
        assertThat(service).hasSize(2);
        return service;
    }

    private static Object version() {
        return NODE.probe()
                .run("pluginService", "plugin", PLUGIN)
                .orFail()
                .values()
                .get("patchbay.plugin.version");
    }

    @Test
    void theServiceStaysTheSameOneWhateverHappensBehindIt() throws Exception {
        UnaryOperator<String> desk = desk();
        Map<String, Object> before = service();
        assertThat(desk.apply("monday")).isEqualTo("one");

        change("upgrade", "path", file("v1.1.0", "two"));
        assertThat(desk.apply("monday")).isEqualTo("two");
        assertThat(version()).isEqualTo("v1.1.0");
        change("rollback");
        assertThat(desk.apply("monday")).isEqualTo("one");
        assertThat(version()).isEqualTo("v1.0.0");
        NODE.probe()
                .run("register", "kind", "clock", "name", "swapped", "value", "1", "ranking", 1_000)
                .orFail();
        NODE.probe().run("unregister", "kind", "clock", "name", "swapped").orFail();
        NODE.container().update("io.patchbay.wasmhost");
        assertThat(desk.apply("monday")).isEqualTo("one");

        assertThat(service()).isEqualTo(before);
        assertThat(desk()).isSameAs(desk);
    }

    @Test
    void whoCallsThePluginComesAndGoesWithIt() throws Exception {
        desk();
        change("disable");
        assertThatThrownBy(() -> NODE.container()
                        .await(UnaryOperator.class, "(osgi.command.scope=report)", Duration.ofMillis(1)))
                .isInstanceOf(AssertionError.class);
        change("enable");
        assertThat(desk().apply("monday")).isEqualTo("one");
    }

    @Test
    void aCallWaitsForTheEngineAndIsToldToComeBackAfterTheGrace() throws Exception {
        UnaryOperator<String> desk = desk();
        NODE.container().stop("io.patchbay.wasmhost");
        try {
            assertThatThrownBy(() -> desk.apply("monday"))
                    .hasMessageContaining("there is no report: ")
                    .hasMessageContaining("try again in a moment");
            CompletableFuture<String> held = CompletableFuture.supplyAsync(() -> desk.apply("monday"));
            NODE.container().start("io.patchbay.wasmhost");
            assertThat(held.get(20, TimeUnit.SECONDS)).isEqualTo("one");
        } finally {
            NODE.container().start("io.patchbay.wasmhost");
        }
    }

    @Test
    void sixteenRunSixtyFourWaitAndTheNextIsToldThatThePluginIsBusy() throws Exception {
        NODE.probe().installGranted("slow", HostCalls.relay("slow"));
        NODE.probe()
                .run("register", "kind", "clock", "name", "held", "value", "1", "ranking", 1_000)
                .orFail();
        NODE.probe().run("hold", "kind", "clock", "name", "held").orFail();
        ExecutorService callers = Executors.newFixedThreadPool(RUNNING + WAITING);
        List<CompletableFuture<byte[]>> calls = new ArrayList<>();
        try {
            for (int i = 0; i < RUNNING + WAITING; i++) {
                calls.add(CompletableFuture.supplyAsync(() -> NODE.probe().hostCall("slow", HostCalls.now()), callers));
            }
            Eventually.holds(
                    LIMIT,
                    () -> figure("patchbay_executions_running{plugin=slow}") == RUNNING
                            && figure("patchbay_executions_waiting{plugin=slow}") == WAITING);

            assertThat(NODE.probe().post("slow", new byte[0]).error())
                    .isEqualTo("BUSY: too many requests wait for the plugin; try again later");
            assertThat(desk().apply("monday")).as("another plugin's").isEqualTo("one");
            assertThat(figure("patchbay_limit_reached_total{limit=concurrency, plugin=slow}"))
                    .isEqualTo(1);

            NODE.probe().run("release", "kind", "clock", "name", "held").orFail();
            for (CompletableFuture<byte[]> call : calls) {
                assertThat(HostCalls.value(call.get(30, TimeUnit.SECONDS))).isEqualTo("1");
            }
        } finally {
            NODE.probe().run("release", "kind", "clock", "name", "held");
            NODE.probe().run("unregister", "kind", "clock", "name", "held");
            callers.shutdownNow();
        }
    }

    private static double figure(String name) {
        return (Double) NODE.probe().run("metrics").values().getOrDefault(name, 0.0);
    }
}
