// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wasmhost.execution;

import static io.patchbay.wasmhost.execution.TestNode.envelope;
import static io.patchbay.wasmhost.execution.TestNode.hostCall;
import static io.patchbay.wasmhost.execution.TestNode.runtime;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.artifact.assembler.Code;
import io.patchbay.artifact.assembler.GuestBuilder;
import io.patchbay.artifact.assembler.Guests;
import io.patchbay.artifact.assembler.ModuleAssembler;
import io.patchbay.hostservice.HostCallException;
import io.patchbay.hostservice.ResourceKind;
import io.patchbay.plugin.PluginCallException;
import io.patchbay.plugin.PluginCallException.Reason;
import io.patchbay.plugin.PluginResponse;
import io.patchbay.port.BridgeContract;
import io.patchbay.port.Grant;
import io.patchbay.port.LoadedRelease;
import io.patchbay.port.PluginDescriptor;
import io.patchbay.port.Progress;
import io.patchbay.wasmhost.execution.TestNode.Answer;
import io.patchbay.wasmhost.hostcall.HostCallLimits;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a caller gets when a guest gives no answer: the words of contract 1.3, and every limit reached (DESIGN 4). */
class ExecutionFailureTest {
    private static final byte[] NOTHING = new byte[0];

    private TestNode node = new TestNode();

    @AfterEach
    void close() {
        node.close();
    }

    private void nodeWith(ExecutionLimits limits) {
        node.close();
        node = new TestNode(limits);
    }

    private PluginCallException failure(byte[] module, Grant... grants) {
        LoadedRelease release = node.load(module, grants);
        try {
            TestNode.call(release, NOTHING);
        } catch (PluginCallException e) {
            return e;
        }
        throw new AssertionError("the guest answered");
    }

    private double metric(String name, String label, String value) {
        return node.engine.metrics().stream()
                .filter(metric -> metric.name().equals(name)
                        && value.equals(metric.labels().get(label)))
                .mapToDouble(metric -> metric.value())
                .sum();
    }

    private double reached(String limit) {
        return metric("patchbay_limit_reached_total", "limit", limit);
    }

    @Test
    void aGuestThatFailsIsAnsweredInTheContractsWords() {
        node.provide(TestService.runtime());
        Map<String, String> expected = new LinkedHashMap<>();
        expected.put("unreachable", "call dynamic plugin execute failed: unreachable");
        expected.put("out-of-bounds", "call dynamic plugin execute failed: out of bounds memory access");
        expected.put("divide-by-zero", "call dynamic plugin execute failed: integer divide by zero");
        expected.put("recursion", "call dynamic plugin execute failed: call stack exhausted");
        expected.put("response-outside-memory", "read dynamic plugin response memory failed");
        expected.put("response-not-decodable", "failed to decode bridge response body");
        expected.put("proc-exit", "call dynamic plugin execute failed: the guest exited with code 3");
        expected.put(
                "alloc-outside-memory",
                "call dynamic plugin execute failed: a host call response of 17 bytes could not be delivered: "
                        + "lina_host_call_alloc returned a place outside of memory");
        expected.forEach((name, text) -> {
            PluginCallException failure = failure(Guests.failing().get(name), runtime("info.now"));
            assertThat(failure).as(name).hasMessage(text);
            assertThat(failure.reason()).isEqualTo(Reason.FAILED);
        });
        assertThat(failure(Guests.failing().get("host-call-alloc-traps"), runtime("info.now")))
                .hasMessageStartingWith(
                        "call dynamic plugin execute failed: a host call response of 17 bytes could not be"
                                + " delivered: lina_host_call_alloc trapped: ");
    }

    @Test
    void missingExportsAreNamedAsSuch() {
        byte[] withoutExecute = new GuestBuilder().begin().toBytes();
        assertThatThrownBy(() -> node.engine.load(
                        TestNode.release(withoutExecute, TestNode.descriptor()), List.of(), Progress.NONE))
                .as("refused at admission already")
                .hasMessageContaining("lina_dynamic_route_execute");
    }

    @Test
    void aTrapInTheStartSectionFailsTheInstance() {
        GuestBuilder guest = new GuestBuilder().begin();
        int start = guest.function(ModuleAssembler.values(), ModuleAssembler.values(), new Code().unreachable());
        guest.module().start(start);
        assertThat(failure(guest.execute(new Code().i64Const(0)).toBytes()))
                .hasMessage("instantiate dynamic plugin Wasm failed: unreachable");
    }

    @Test
    void aTrapInInitializeIsOneOfTheRuntime() {
        GuestBuilder guest = new GuestBuilder().begin();
        int trap = guest.function(ModuleAssembler.values(), ModuleAssembler.values(), new Code().unreachable());
        guest.module().exportFunction("_initialize", trap);
        assertThat(failure(guest.execute(new Code().i64Const(0)).toBytes()))
                .hasMessage("initialize dynamic plugin Wasm runtime failed: unreachable");
    }

    @Test
    void anAllocatorThatTrapsOrPointsOutsideMemoryIsNamed() {
        assertThat(failure(withAlloc(new Code().unreachable())))
                .hasMessage("call dynamic plugin alloc failed: unreachable");
        assertThat(failure(withAlloc(new Code().i32Const(-8))))
                .hasMessage("write dynamic plugin request memory failed");
    }

    private static byte[] withAlloc(Code code) {
        GuestBuilder guest = new GuestBuilder().begin();
        int alloc = guest.function(
                ModuleAssembler.values(ModuleAssembler.I32), ModuleAssembler.values(ModuleAssembler.I32), code);
        guest.module().exportFunction(GuestBuilder.ALLOC, alloc);
        return guest.execute(new Code().i64Const(0)).toBytes(GuestBuilder.ALLOC);
    }

    @Test
    void aPackedResponseOfZeroIsAnEmptyAnswerServedAs200() throws PluginCallException {
        PluginResponse response = TestNode.call(node.load(Guests.noop()), NOTHING);
        assertThat(response.statusCode()).isZero();
        assertThat(response.httpStatus()).isEqualTo(200);
        assertThat(response.body()).isEmpty();
    }

    @Test
    void aReleaseWithoutBridgeRunsNothing() throws Exception {
        PluginDescriptor descriptor = TestNode.descriptor(Optional.<BridgeContract>empty());
        LoadedRelease release = node.engine.load(TestNode.release(Guests.noop(), descriptor), List.of(), Progress.NONE);
        assertThatThrownBy(() -> TestNode.call(release, NOTHING))
                .hasMessage("dynamic plugin is missing Wasm bridge metadata");
    }

    @Test
    void anEndlessGuestEndsAtItsDeadlineWhereverItLoops() {
        ExecutionLimits usual = TestNode.deadline(Duration.ofMillis(100));
        nodeWith(new ExecutionLimits(
                usual.deadline(),
                usual.ceiling(),
                usual.memoryPages(),
                usual.concurrency(),
                usual.queue(),
                new HostCallLimits(Long.MAX_VALUE, 4 << 20, 4 << 20),
                Long.MAX_VALUE,
                usual.bridgeRequestBytes(),
                usual.bridgeResponseBytes()));
        node.provide(TestService.runtime());
        Guests.endless().forEach((name, module) -> {
            PluginCallException failure = failure(module, runtime("info.now", "info.uuid", "log.write"));
            assertThat(failure).as(name).hasMessageEndingWith(" failed: deadline exceeded");
        });
        assertThat(node.warnings).isEmpty();
        assertThat(reached("deadline")).isEqualTo(Guests.endless().size());
    }

    @Test
    void aCallerIsAnsweredAtItsDeadlineWhileItsProviderHangsAndTheLateResultReachesNobody() throws Exception {
        CountDownLatch hang = new CountDownLatch(1);
        CountDownLatch returned = new CountDownLatch(1);
        AtomicInteger calls = new AtomicInteger();
        node.provide(new TestService("echo", ResourceKind.NONE).method("say", call -> {
            if (calls.incrementAndGet() > 1) {
                return;
            }
            try {
                assertThat(hang.await(10, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            returned.countDown();
        }));
        LoadedRelease relay = node.load(Guests.relayFromBody(), Grant.of("echo", "say"));
        byte[] twice = Guests.relayBody(1, false, 2, envelope("echo", "say"));
        assertThatThrownBy(() ->
                        relay.execute(TestNode.request(twice, Optional.empty(), Optional.of(Duration.ofMillis(50)))))
                .hasMessage("call dynamic plugin execute failed: deadline exceeded");
        hang.countDown();
        assertThat(returned.await(10, TimeUnit.SECONDS)).isTrue();
        while (metric("patchbay_executions_running", "plugin", TestNode.PLUGIN) > 0) {
            Thread.onSpinWait();
        }
        assertThat(calls).as("no call after the deadline").hasValue(1);
        assertThat(node.warnings).isEmpty();
    }

    @Test
    void theCallersOwnDeadlineCountsButNotBeyondTheCeiling() {
        LoadedRelease endless = node.load(Guests.endless().get("br"));
        assertThatThrownBy(() -> endless.execute(
                        TestNode.request(NOTHING, Optional.empty(), Optional.of(Duration.ofMillis(20)))))
                .hasMessageEndingWith("deadline exceeded");
        ExecutionLimits limits = ExecutionLimits.DEFAULT;
        assertThat(limits.timeoutNanos(Optional.of(Duration.ofHours(3))))
                .isEqualTo(Duration.ofMinutes(10).toNanos());
        assertThat(limits.timeoutNanos(Optional.empty()))
                .isEqualTo(Duration.ofSeconds(30).toNanos());
    }

    @Test
    void theHostCallAfterTheLastAllowedOneEndsTheExecution() throws PluginCallException {
        nodeWith(limits(new HostCallLimits(5, 4 << 20, 4 << 20), 100, 16 << 20, 16 << 20));
        node.provide(TestService.runtime());
        LoadedRelease relay = node.load(Guests.relayFromBody(), runtime("info.now"));
        byte[] now = envelope("runtime", "info.now");
        assertThat(hostCall(relay, 1, false, 5, now).status()).isZero();
        assertThatThrownBy(() -> hostCall(relay, 1, false, 6, now))
                .hasMessage("call dynamic plugin execute failed: the execution made more than 5 host calls");
        assertThat(reached("host_calls")).isEqualTo(1);
    }

    @Test
    void theWasiCallAfterTheLastAllowedOneEndsTheExecution() {
        nodeWith(limits(HostCallLimits.DEFAULT, 100, 16 << 20, 16 << 20));
        assertThat(failure(Guests.endless().get("wasi-sched-yield")))
                .hasMessage("call dynamic plugin execute failed: the execution made more than 100 WASI calls");
        assertThat(reached("wasi_calls")).isEqualTo(1);
    }

    @Test
    void hostCallsOverTheirSizeAreAnsweredWithTheLimit() throws PluginCallException {
        nodeWith(limits(new HostCallLimits(100, 60, 500), 100, 16 << 20, 16 << 20));
        node.provide(new TestService("echo", ResourceKind.NONE)
                .method("say", call -> call.response().string(1, "x".repeat(600))));
        LoadedRelease relay = node.load(Guests.relayFromBody(), Grant.of("echo", "say"));
        Answer tooLong = hostCall(relay, TestNode.withPayload("echo", "say", new byte[100]));
        assertThat(tooLong.status()).isEqualTo(HostCallException.INVALID_REQUEST);
        assertThat(tooLong.payload()).contains("CAPABILITY_LIMIT_EXCEEDED", "\"limit\":60");
        Answer tooMuch = hostCall(relay, envelope("echo", "say"));
        assertThat(tooMuch.status()).isEqualTo(HostCallException.INVALID_REQUEST);
        assertThat(tooMuch.payload()).contains("CAPABILITY_LIMIT_EXCEEDED", "\"limit\":500");
        assertThat(reached("host_call_request")).isEqualTo(1);
        assertThat(reached("host_call_response")).isEqualTo(1);
    }

    @Test
    void bridgeMessagesOverTheirSizeAre413And500() {
        nodeWith(limits(HostCallLimits.DEFAULT, 100, 200, 50));
        LoadedRelease answer = node.load(Guests.answer(new byte[100]));
        assertThatThrownBy(() -> TestNode.call(answer, new byte[300]))
                .isInstanceOfSatisfying(
                        PluginCallException.class, e -> assertThat(e.reason()).isEqualTo(Reason.TOO_LARGE));
        assertThatThrownBy(() -> TestNode.call(answer, NOTHING))
                .hasMessageContaining("exceeds the limit of 50")
                .isInstanceOfSatisfying(
                        PluginCallException.class, e -> assertThat(e.reason()).isEqualTo(Reason.FAILED));
        assertThat(reached("bridge_request")).isEqualTo(1);
        assertThat(reached("bridge_response")).isEqualTo(1);
    }

    @Test
    void memoryBeyondThePluginsShareEndsTheExecution() {
        node.close();
        node = new TestNode(ExecutionLimits.DEFAULT, Duration.ofMillis(200), Duration.ofMillis(200), 128);
        assertThat(failure(Guests.outOfMemory())).hasMessage("call dynamic plugin execute failed: memory limit");
        assertThat(reached("plugin_memory")).isEqualTo(1);
    }

    @Test
    void aClosedReleaseAndAClosedEngineAnswerRestarting() {
        LoadedRelease release = node.load(Guests.noop());
        release.close();
        release.close();
        assertThatThrownBy(() -> TestNode.call(release, NOTHING))
                .isInstanceOfSatisfying(
                        PluginCallException.class, e -> assertThat(e.reason()).isEqualTo(Reason.RESTARTING));
        LoadedRelease other = node.load(Guests.noop());
        node.engine.close();
        assertThatThrownBy(() -> TestNode.call(other, NOTHING))
                .isInstanceOfSatisfying(
                        PluginCallException.class, e -> assertThat(e.reason()).isEqualTo(Reason.RESTARTING));
    }

    @Test
    void aGuestGetsTheRequestOfTheContract() throws PluginCallException {
        String seen = new String(
                TestNode.call(node.load(Guests.echo()), "the body".getBytes(StandardCharsets.UTF_8))
                        .body(),
                StandardCharsets.ISO_8859_1);
        assertThat(seen).contains("demo-plugin", "/x/demo-plugin/run", "Run", "the body", "demo-plugin:GET:/run");
    }

    private static ExecutionLimits limits(HostCallLimits hostCalls, long wasiCalls, int request, int response) {
        ExecutionLimits usual = ExecutionLimits.DEFAULT;
        return new ExecutionLimits(
                usual.deadline(),
                usual.ceiling(),
                usual.memoryPages(),
                usual.concurrency(),
                usual.queue(),
                hostCalls,
                wasiCalls,
                request,
                response);
    }
}
