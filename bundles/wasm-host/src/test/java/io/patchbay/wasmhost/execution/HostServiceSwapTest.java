// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wasmhost.execution;

import static io.patchbay.wasmhost.execution.TestNode.envelope;
import static io.patchbay.wasmhost.execution.TestNode.hostCall;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.artifact.assembler.Guests;
import io.patchbay.hostservice.HostCall;
import io.patchbay.hostservice.HostCallException;
import io.patchbay.hostservice.HostServiceDescriptor;
import io.patchbay.hostservice.ResourceKind;
import io.patchbay.hostservice.codec.FieldReader;
import io.patchbay.hostservice.codec.FieldWriter;
import io.patchbay.hostservice.codec.MalformedMessageException;
import io.patchbay.plugin.PluginCallException;
import io.patchbay.port.Grant;
import io.patchbay.port.LoadedRelease;
import io.patchbay.wasmhost.execution.TestNode.Answer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Host services that come, change and go while plugins call them (DESIGN 3; never 1, never 7). */
class HostServiceSwapTest {
    private static final byte[] SAY = envelope("echo", "say");

    private final TestNode node =
            new TestNode(ExecutionLimits.DEFAULT, Duration.ofSeconds(10), Duration.ofSeconds(10), 4_096);

    @AfterEach
    void close() {
        node.close();
    }

    private LoadedRelease relay() {
        return node.load(Guests.relayFromBody(), Grant.of("echo", "say"));
    }

    private static TestService echo(String answer) {
        byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
        return new TestService("echo", ResourceKind.NONE)
                .method("say", call -> call.response().raw(bytes, 0, bytes.length));
    }

    @Test
    void aServiceThatNobodyProvidedSinceStartIsUnsupportedAndWorksFromTheMomentItComes() throws PluginCallException {
        LoadedRelease relay = relay();
        Answer before = hostCall(relay, SAY);
        assertThat(before.status()).isEqualTo(HostCallException.NOT_FOUND);
        assertThat(before.fallback()).isEqualTo("unsupported host service method: echo.say");
        assertThat(node.engine.hostServices()).isEmpty();
        node.provide(echo("here"));
        assertThat(hostCall(relay, SAY).payload()).isEqualTo("here");
        assertThat(node.engine.hostServices())
                .singleElement()
                .satisfies(descriptor -> assertThat(descriptor.name()).isEqualTo("echo"));
    }

    @Test
    void aMethodIsBoundOncePerGrantAndNotPerCall() throws PluginCallException {
        TestService service = echo("here");
        node.provide(service);
        LoadedRelease relay = relay();
        for (int i = 0; i < 5; i++) {
            hostCall(relay, 1, false, 10, SAY);
        }
        assertThat(service.bound).hasValue(1);
        assertThat(service.plugins)
                .singleElement()
                .satisfies(plugin -> assertThat(plugin.pluginId()).isEqualTo("demo-plugin"));
        relay.grants(List.of());
        assertThat(service.closed).hasValue(1);
        assertThat(hostCall(relay, SAY).fallback()).isEqualTo("plugin demo-plugin lacks capability host:echo");
    }

    @Test
    void aChangedGrantCountsFromTheNextExecutionNeverInsideOne() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        AtomicInteger calls = new AtomicInteger();
        TestService service = new TestService("echo", ResourceKind.NONE).method("say", call -> {
            if (calls.incrementAndGet() == 1) {
                inside.countDown();
                await(goOn);
            }
        });
        node.provide(service);
        LoadedRelease relay = relay();
        CompletableFuture<Answer> running = CompletableFuture.supplyAsync(() -> call(relay, 2));
        await(inside);
        relay.grants(List.of());
        assertThat(service.closed).as("still in use").hasValue(0);
        goOn.countDown();
        assertThat(running.get(10, TimeUnit.SECONDS).status()).isZero();
        assertThat(calls).hasValue(2);
        assertThat(hostCall(relay, SAY).status()).isEqualTo(HostCallException.DENIED);
        assertThat(service.closed).hasValue(1);
    }

    @Test
    void aBetterServiceTakesOverAndTheOldOneIsClosed() throws PluginCallException {
        TestService first = echo("first");
        TestService second = echo("second");
        node.services.offer(1, 0, "echo", first);
        LoadedRelease relay = relay();
        node.services.offer(2, 10, "echo", second);
        assertThat(hostCall(relay, SAY).payload()).isEqualTo("second");
        assertThat(first.closed).hasValue(1);
        node.services.withdraw(2, "echo");
        assertThat(hostCall(relay, SAY).payload()).isEqualTo("first");
        assertThat(second.closed).hasValue(1);
        assertThat(first.bound).as("bound again").hasValue(2);
        node.services.offer(3, 0, "echo", second);
        assertThat(hostCall(relay, SAY).payload())
                .as("same ranking, the older stays")
                .isEqualTo("first");
    }

    @Test
    void aLeavingServiceIsHeldUntilItsCallHasEnded() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        TestService service = new TestService("echo", ResourceKind.NONE).method("say", call -> {
            inside.countDown();
            await(goOn);
            call.response().string(1, "done");
        });
        node.services.offer(1, 0, "echo", service);
        LoadedRelease relay = relay();
        CompletableFuture<Answer> running = CompletableFuture.supplyAsync(() -> call(relay, 1));
        await(inside);
        CompletableFuture<Void> leaving = CompletableFuture.runAsync(() -> node.services.withdraw(1, "echo"));
        assertThat(leaving).isNotDone();
        assertThat(service.closed).hasValue(0);
        goOn.countDown();
        assertThat(running.get(10, TimeUnit.SECONDS).status()).isZero();
        leaving.get(10, TimeUnit.SECONDS);
        assertThat(service.closed).hasValue(1);
        assertThat(node.services.overstayedCalls()).isZero();
    }

    @Test
    void aCallDuringTheGapWaitsAndIsServedByTheServiceThatReturns() throws Exception {
        long id = node.provide(echo("old"));
        LoadedRelease relay = relay();
        hostCall(relay, SAY);
        node.services.withdraw(id, "echo");
        CompletableFuture<Answer> waiting = CompletableFuture.supplyAsync(() -> call(relay, 1));
        node.provide(echo("new"));
        assertThat(waiting.get(10, TimeUnit.SECONDS).payload()).isEqualTo("new");
    }

    /** Reads its payload and begins to answer, as a method may, then waits until it is recalled and gives the call back. */
    private static TestService waiting(CountDownLatch inside) {
        return new TestService("echo", ResourceKind.NONE).method("say", call -> {
            read(call);
            call.response().string(1, "begun");
            inside.countDown();
            while (!call.isRecalled()) {
                Thread.onSpinWait();
            }
            throw HostCallException.recalled("echo");
        });
    }

    private static String read(HostCall call) {
        FieldReader payload = call.payload();
        byte[] bytes =
                Arrays.copyOfRange(payload.buffer(), payload.position(), payload.position() + payload.remaining());
        while (payload.remaining() > 0) {
            skip(payload);
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static void skip(FieldReader payload) {
        try {
            payload.nextField("tag");
            payload.skip("field");
        } catch (MalformedMessageException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aCallThatIsRecalledWhileItWaitsIsMadeAgainAsItWas() throws Exception {
        byte[] payload = new FieldWriter().string(1, "hello").toByteArray();
        CountDownLatch inside = new CountDownLatch(1);
        node.services.offer(1, 0, "echo", waiting(inside));
        LoadedRelease relay = relay();
        CompletableFuture<Answer> running = CompletableFuture.supplyAsync(() -> {
            try {
                return hostCall(relay, TestNode.withPayload("echo", "say", payload));
            } catch (PluginCallException e) {
                throw new AssertionError(e);
            }
        });
        await(inside);

        // Its bundle stops, and comes back later: nobody waits for the drain time.
        node.services.withdraw(1, "echo");
        assertThat(node.services.overstayedCalls()).isZero();
        assertThat(running).isNotDone();
        node.services.offer(2, 0, "echo", new TestService("echo", ResourceKind.NONE).method("say", call -> {
                    byte[] again = read(call).getBytes(StandardCharsets.UTF_8);
                    call.response().raw(again, 0, again.length);
                }));

        Answer answer = running.get(10, TimeUnit.SECONDS);
        assertThat(answer.status()).isZero();
        assertThat(answer.payload()).isEqualTo(new String(payload, StandardCharsets.UTF_8));
    }

    @Test
    void aCallThatIsRecalledIsMadeAgainByABetterServiceAtOnce() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        node.services.offer(1, 0, "echo", waiting(inside));
        LoadedRelease relay = relay();
        CompletableFuture<Answer> running = CompletableFuture.supplyAsync(() -> call(relay, 1));
        await(inside);

        node.services.offer(2, 10, "echo", echo("better"));

        assertThat(running.get(10, TimeUnit.SECONDS).payload()).isEqualTo("better");
    }

    @Test
    void aCallThatIsGivenBackThoughNobodyRecalledItIsAnsweredThatThereIsNoProvider() throws PluginCallException {
        node.provide(new TestService("echo", ResourceKind.NONE).method("say", call -> {
            throw HostCallException.recalled("echo");
        }));

        assertThat(hostCall(relay(), SAY).payload()).contains("PROVIDER_UNAVAILABLE");
    }

    @Test
    void aServiceThatWasThereBeforeTheEngineCameIsWaitedFor() throws Exception {
        node.provide(echo("old"));
        List<HostServiceDescriptor> known = node.engine.knownHostServices();
        assertThat(known).extracting(HostServiceDescriptor::name).containsExactly("echo");
        try (TestNode next =
                new TestNode(ExecutionLimits.DEFAULT, Duration.ofSeconds(10), Duration.ofSeconds(10), 4_096)) {
            next.engine.expect(known);
            LoadedRelease relay = next.load(Guests.relayFromBody(), Grant.of("echo", "say"));
            assertThat(next.engine.hostServices()).isEmpty();
            assertThat(next.engine.hasKnown("echo")).isTrue();
            CompletableFuture<Answer> waiting = CompletableFuture.supplyAsync(() -> call(relay, 1));

            next.provide(echo("new"));

            assertThat(waiting.get(10, TimeUnit.SECONDS).payload()).isEqualTo("new");
        }
    }

    @Test
    void afterTheGraceTheAnswerNamesTheServiceThatLeft() throws PluginCallException {
        try (TestNode impatient =
                new TestNode(ExecutionLimits.DEFAULT, Duration.ofMillis(10), Duration.ofMillis(10), 4_096)) {
            long id = impatient.provide(echo("old"));
            LoadedRelease relay = impatient.load(Guests.relayFromBody(), Grant.of("echo", "say"));
            impatient.services.withdraw(id, "echo");
            Answer answer = hostCall(relay, SAY);
            assertThat(answer.status()).isEqualTo(HostCallException.INTERNAL_ERROR);
            assertThat(answer.payload())
                    .contains(
                            "\"errorCode\":\"PROVIDER_UNAVAILABLE\"",
                            "\"messageKey\":\"error.provider.unavailable\"",
                            "\"messageParams\":{\"provider\":\"echo\"}");
            assertThat(hostCall(relay, envelope("echo", "shout")).fallback())
                    .as("still unknown while it is away")
                    .isEqualTo("unsupported host service method: echo.shout");
        }
    }

    @Test
    void aCallThatOverstaysTheDrainIsCountedAndItsLateResultDropped() throws Exception {
        try (TestNode impatient =
                new TestNode(ExecutionLimits.DEFAULT, Duration.ofMillis(10), Duration.ofMillis(10), 4_096)) {
            CountDownLatch inside = new CountDownLatch(1);
            CountDownLatch goOn = new CountDownLatch(1);
            TestService service = new TestService("echo", ResourceKind.NONE).method("say", call -> {
                inside.countDown();
                await(goOn);
                call.response().string(1, "too late");
            });
            impatient.services.offer(1, 0, "echo", service);
            LoadedRelease relay = impatient.load(Guests.relayFromBody(), Grant.of("echo", "say"));
            CompletableFuture<Answer> running = CompletableFuture.supplyAsync(() -> call(relay, 1));
            await(inside);
            impatient.services.withdraw(1, "echo");
            assertThat(impatient.services.overstayedCalls()).isEqualTo(1);
            assertThat(service.closed).as("closed by its last call").hasValue(0);
            goOn.countDown();
            Answer answer = running.get(10, TimeUnit.SECONDS);
            assertThat(answer.payload()).contains("PROVIDER_UNAVAILABLE").doesNotContain("too late");
            assertThat(service.closed).hasValue(1);
        }
    }

    @Test
    void aCallThatStopsItsOwnServiceDoesNotWaitForItself() throws Exception {
        AtomicLong waited = new AtomicLong();
        TestService service = new TestService("echo", ResourceKind.NONE).method("say", call -> {
            long start = System.nanoTime();
            node.services.withdraw(1, "echo");
            waited.set(System.nanoTime() - start);
        });
        node.services.offer(1, 0, "echo", service);
        CompletableFuture<Answer> running = CompletableFuture.supplyAsync(() -> call(relay(), 1));
        running.get(8, TimeUnit.SECONDS); // the drain time is ten seconds
        assertThat(Duration.ofNanos(waited.get())).isLessThan(Duration.ofSeconds(8));
        assertThat(service.closed).hasValue(1);
    }

    @Test
    void swapsUnderLoadFailNoCall() throws Exception {
        node.services.offer(1, 0, "echo", echo("a"));
        LoadedRelease relay = relay();
        AtomicBoolean swapping = new AtomicBoolean(true);
        AtomicInteger executions = new AtomicInteger();
        List<CompletableFuture<Void>> callers = List.of(
                CompletableFuture.runAsync(() -> callWhile(swapping, relay, executions)),
                CompletableFuture.runAsync(() -> callWhile(swapping, relay, executions)));
        int id = 1;
        while (id < 500 || executions.get() < 50) {
            TestService next = echo("a");
            node.services.offer(id + 1, id, "echo", next);
            node.services.withdraw(id, "echo");
            id++;
        }
        swapping.set(false);
        for (CompletableFuture<Void> caller : callers) {
            caller.get(20, TimeUnit.SECONDS);
        }
        assertThat(node.services.overstayedCalls()).isZero();
        assertThat(node.incidents).isEmpty();
    }

    private static void callWhile(AtomicBoolean going, LoadedRelease relay, AtomicInteger executions) {
        while (going.get()) {
            Answer answer = call(relay, 200);
            assertThat(answer.payload()).isEqualTo("a");
            executions.incrementAndGet();
        }
    }

    @Test
    void aServiceUnderAnotherNameThanItsOwnIsNotTakenIn() {
        node.services.offer(1, 0, "runtime", echo("x"));
        assertThat(node.engine.hostServices()).isEmpty();
        assertThat(node.causes)
                .singleElement()
                .satisfies(cause ->
                        assertThat(cause).hasMessageContaining("'runtime'").hasMessageContaining("'echo'"));
    }

    private static Answer call(LoadedRelease relay, int turns) {
        try {
            return hostCall(relay, 1, false, turns, SAY);
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
}
