// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wasmhost.execution;

import static io.patchbay.wasmhost.execution.TestNode.envelope;
import static io.patchbay.wasmhost.execution.TestNode.hostCall;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.artifact.assembler.Code;
import io.patchbay.artifact.assembler.GuestBuilder;
import io.patchbay.artifact.assembler.Guests;
import io.patchbay.hostservice.ResourceKind;
import io.patchbay.plugin.Identity;
import io.patchbay.plugin.PluginCallException;
import io.patchbay.plugin.PluginCallException.Reason;
import io.patchbay.port.EngineException;
import io.patchbay.port.ExecutionRequest;
import io.patchbay.port.Grant;
import io.patchbay.port.HostServiceDeclaration;
import io.patchbay.port.LoadedRelease;
import io.patchbay.port.ModuleFacts;
import io.patchbay.port.Progress;
import io.patchbay.port.Release;
import io.patchbay.wasmhost.engine.CompiledStore;
import io.patchbay.wasmhost.engine.GuestThreads;
import io.patchbay.wasmhost.engine.InProcessCompiler;
import io.patchbay.wasmhost.engine.InstanceLimits;
import io.patchbay.wasmhost.engine.SigningKey;
import io.patchbay.wasmhost.hostcall.HostServices;
import io.patchbay.wire.LogRequest;
import io.patchbay.wire.StateGetRequest;
import io.patchbay.wire.StateSetRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From an archived artifact to a running release: admission, the store, places to run, facts for operators. */
class ReleaseTest {
    private static final byte[] NOTHING = new byte[0];

    @TempDir
    private Path folder;

    private final AtomicInteger compiled = new AtomicInteger();
    private final List<AutoCloseable> opened = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
    }

    private WasmEngine engineOnStore() throws IOException {
        HostServices.Timing timing = new HostServices.Timing(Duration.ofMillis(100), Duration.ofMillis(100));
        InProcessCompiler compiler = new InProcessCompiler(InstanceLimits.DEFAULT);
        WasmEngine engine = new WasmEngine(
                new EngineSettings(ExecutionLimits.DEFAULT, GuestThreads.Settings.DEFAULT, timing, 4_096, 1_024),
                new HostServices((what, cause) -> "incident", () -> timing),
                (what, cause) -> "incident",
                new ExecutionIds(),
                CompiledArtifacts.in(
                        new CompiledStore(folder.resolve("compiled"), SigningKey.loadOrCreate(folder.resolve("key")))),
                (module, names, progress) -> {
                    compiled.incrementAndGet();
                    return compiler.compile(module, names, progress);
                },
                plugin -> {});
        opened.add(engine);
        return engine;
    }

    @Test
    void onlyTheFirstLoadOfAnArtifactCompilesAndLaterOnesDoNotReadTheArchive() throws Exception {
        Release release = TestNode.release(Guests.noop(), TestNode.descriptor());
        WasmEngine first = engineOnStore();
        assertThat(first.inspect(release.descriptor(), Guests.noop()).compiled())
                .isFalse();
        assertThat(first.prepare(release, Progress.NONE).compiled()).isTrue();
        Files.delete(release.archive());
        assertThat(TestNode.call(first.load(release, List.of(), Progress.NONE), NOTHING)
                        .httpStatus())
                .isEqualTo(200);
        WasmEngine afterRestart = engineOnStore();
        assertThat(TestNode.call(afterRestart.load(release, List.of(), Progress.NONE), NOTHING)
                        .httpStatus())
                .isEqualTo(200);
        assertThat(compiled).hasValue(1);
    }

    @Test
    void aStoredFileWithAFlippedByteIsCompiledAgainNeverLoaded() throws Exception {
        Release release = TestNode.release(Guests.noop(), TestNode.descriptor());
        engineOnStore().prepare(release, Progress.NONE);
        Path stored = folder.resolve("compiled").resolve(release.digest() + ".compiled");
        byte[] bytes = Files.readAllBytes(stored);
        bytes[bytes.length / 2] ^= 1;
        Files.write(stored, bytes);
        LoadedRelease loaded = engineOnStore().load(release, List.of(), Progress.NONE);
        assertThat(TestNode.call(loaded, NOTHING).httpStatus()).isEqualTo(200);
        assertThat(compiled).hasValue(2);
    }

    @Test
    void loadsOfOneArtifactAtTheSameTimeCompileItOnce() throws Exception {
        Release release = TestNode.release(Guests.noop(), TestNode.descriptor());
        WasmEngine engine = engineOnStore();
        List<CompletableFuture<LoadedRelease>> loads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            loads.add(CompletableFuture.supplyAsync(() -> {
                try {
                    return engine.load(release, List.of(), Progress.NONE);
                } catch (EngineException e) {
                    throw new AssertionError(e);
                }
            }));
        }
        for (CompletableFuture<LoadedRelease> load : loads) {
            load.get(20, TimeUnit.SECONDS);
        }
        assertThat(compiled).hasValue(1);
    }

    @Test
    void anArchiveWithOtherBytesThanItsDigestIsRefused() throws Exception {
        Release release = TestNode.release(Guests.noop(), TestNode.descriptor());
        Files.write(release.archive(), Guests.trap());
        assertThatThrownBy(() -> engineOnStore().load(release, List.of(), Progress.NONE))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("is not the one with digest")
                .hasMessageContaining(TestNode.PLUGIN);
    }

    @Test
    void aPluginThatRequestsMethodsWithoutExportingTheHostCallAllocatorIsRefused() throws Exception {
        byte[] module =
                new GuestBuilder().begin().execute(new Code().i64Const(0)).toBytes(GuestBuilder.HOST_CALL_ALLOC);
        HostServiceDeclaration requested = new HostServiceDeclaration(
                "", "runtime", "", List.of("info.now"), List.of(), List.of(), List.of(), List.of());
        WasmEngine engine = engineOnStore();
        assertThatThrownBy(() -> engine.inspect(TestNode.descriptor(requested), module))
                .isInstanceOfSatisfying(
                        EngineException.class, e -> assertThat(e.reason()).isEqualTo(EngineException.Reason.REFUSED))
                .hasMessageContaining("lina_host_call_alloc");
        assertThat(engine.inspect(TestNode.descriptor(), module).functions()).isPositive();
    }

    @Test
    void functionsThatRunMeteredAreListedWithTheirSize() throws Exception {
        Release release = TestNode.release(Guests.oversizedOnce(), TestNode.descriptor());
        ModuleFacts facts = engineOnStore().prepare(release, Progress.NONE);
        assertThat(facts.oversizedFunctions())
                .singleElement()
                .satisfies(text -> assertThat(text).matches(".+ \\(\\d+ bytes\\)"));
        assertThat(facts.codeBytes()).isPositive();
        assertThat(facts.memoryPages()).isPositive();
    }

    @Test
    void sixteenRunSixtyFourWaitAndTheNextIsToldToTryLater() throws Exception {
        ExecutionLimits usual = ExecutionLimits.DEFAULT;
        TestNode node = new TestNode(new ExecutionLimits(
                usual.deadline(),
                usual.ceiling(),
                usual.memoryPages(),
                2,
                1,
                usual.hostCalls(),
                usual.wasiCalls(),
                usual.bridgeRequestBytes(),
                usual.bridgeResponseBytes()));
        opened.add(node);
        CountDownLatch inside = new CountDownLatch(2);
        CountDownLatch goOn = new CountDownLatch(1);
        node.provide(new TestService("echo", ResourceKind.NONE).method("say", call -> {
            inside.countDown();
            await(goOn);
        }));
        LoadedRelease relay = node.load(Guests.relayFromBody(), Grant.of("echo", "say"));
        List<CompletableFuture<Integer>> served = new ArrayList<>();
        served.add(CompletableFuture.supplyAsync(() -> say(relay)));
        served.add(CompletableFuture.supplyAsync(() -> say(relay)));
        await(inside);
        Thread waiting = new Thread(() -> served.add(CompletableFuture.completedFuture(say(relay))));
        waiting.start();
        while (waiting(node) == 0) {
            Thread.onSpinWait();
        }
        assertThatThrownBy(() -> hostCall(relay, envelope("echo", "say")))
                .hasMessage("too many requests wait for the plugin; try again later")
                .isInstanceOfSatisfying(
                        PluginCallException.class, e -> assertThat(e.reason()).isEqualTo(Reason.BUSY));
        goOn.countDown();
        waiting.join(10_000);
        for (CompletableFuture<Integer> each : served) {
            assertThat(each.get(10, TimeUnit.SECONDS)).isZero();
        }
        assertThat(served).hasSize(3);
    }

    private static double waiting(TestNode node) {
        return node.engine.metrics().stream()
                .filter(metric -> metric.name().equals("patchbay_executions_waiting"))
                .mapToDouble(metric -> metric.value())
                .sum();
    }

    private static int say(LoadedRelease relay) {
        try {
            return hostCall(relay, envelope("echo", "say")).status();
        } catch (PluginCallException e) {
            throw new AssertionError(e);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void methodsSeePluginTenantExecutionAndDeadline() throws Exception {
        TestNode node = new TestNode();
        opened.add(node);
        List<String> seen = new ArrayList<>();
        node.provide(new TestService("echo", ResourceKind.NONE).method("say", call -> {
            assertThat(call.execution().deadlineNanos() - System.nanoTime())
                    .isBetween(1L, Duration.ofSeconds(5).toNanos());
            seen.add(call.execution().pluginId() + " " + call.execution().tenantId() + " "
                    + call.execution().executionId());
        }));
        LoadedRelease relay = node.load(Guests.relayFromBody(), Grant.of("echo", "say"));
        Identity identity =
                new Identity("t", 7, "ann", 1, List.of(), List.of(), false, 0, false, 0, 42, 0, false, false);
        String id = relay.execute(TestNode.request(
                        Guests.relayBody(1, false, 1, envelope("echo", "say")),
                        Optional.of(identity),
                        Optional.of(Duration.ofSeconds(5))))
                .executionId();
        assertThat(seen).containsExactly("demo-plugin 42 " + id);
    }

    /** A plugin made with our own Go SDK. */
    @Test
    void aGoPluginRunsFromRequestToAnswerAndKeepsNothingOutsideItsState() throws Exception {
        byte[] artifact = Files.readAllBytes(Path.of("../../examples/export-report/plugin.wasm"));
        TestNode node = new TestNode();
        opened.add(node);
        Map<String, String> state = new ConcurrentHashMap<>();
        List<String> logged = new ArrayList<>();
        node.provide(TestService.runtime()
                .method(
                        "log.write",
                        call -> logged.add(LogRequest.decode(call.payload()).message()))
                .method("state.get", call -> {
                    String value =
                            state.get(StateGetRequest.decode(call.payload()).key());
                    if (value != null) {
                        call.response().string(1, value).bool(2, true);
                    }
                })
                .method("state.set", call -> {
                    StateSetRequest request = StateSetRequest.decode(call.payload());
                    state.put(request.key(), request.value());
                }));
        LoadedRelease plugin = node.load(
                artifact,
                TestNode.runtime("log.write", "info.now", "info.uuid", "info.node", "state.get", "state.set"));
        assertThat(export(plugin)).contains("\"previousExport\":null", "\"now\":\"1753228800123\"");
        assertThat(export(plugin)).contains("\"previousExport\":\"1753228800123\"");
        assertThat(logged).containsExactly("export started", "export started");
        plugin.grants(List.of(TestNode.runtime("log.write")));
        assertThat(export(plugin)).contains("not authorized for host service runtime.info.now");
    }

    private static String export(LoadedRelease plugin) throws PluginCallException {
        ExecutionRequest request = new ExecutionRequest(
                ExecutionRequest.Source.ROUTE,
                "export",
                new ExecutionRequest.Route(
                        "GET", "/x/p/export", "/export", "/export", "public", "", "ExportReq", Map.of(), Map.of()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        return new String(plugin.execute(request).response().body(), StandardCharsets.UTF_8);
    }
}
