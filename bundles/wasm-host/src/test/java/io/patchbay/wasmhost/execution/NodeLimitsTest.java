// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wasmhost.execution;

import static io.patchbay.wasmhost.execution.TestNode.envelope;
import static io.patchbay.wasmhost.execution.TestNode.hostCall;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.artifact.assembler.Guests;
import io.patchbay.hostservice.ResourceKind;
import io.patchbay.plugin.PluginCallException;
import io.patchbay.plugin.PluginCallException.Reason;
import io.patchbay.port.EngineException;
import io.patchbay.port.Grant;
import io.patchbay.port.LoadedRelease;
import io.patchbay.port.Progress;
import io.patchbay.wasmhost.engine.GuestThreads;
import io.patchbay.wasmhost.engine.GuestTrap;
import io.patchbay.wasmhost.hostcall.HostServices;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a node gives to all plugins together, and to one of them by its own settings (DESIGN 4). */
class NodeLimitsTest {
    private static final byte[] NOTHING = new byte[0];
    private static final HostServices.Timing TIMING =
            new HostServices.Timing(Duration.ofMillis(200), Duration.ofMillis(200));
    private static final LimitCeilings CEILINGS =
            new LimitCeilings(Map.of(LimitName.HOST_CALLS, 200_000L, LimitName.CONCURRENCY, 20L));

    private TestNode node = new TestNode();

    @AfterEach
    void close() {
        node.close();
    }

    private void nodeWith(int threads, long nodePages, long pluginPages, long reservePages) {
        node.close();
        node = new TestNode(new EngineSettings(
                ExecutionLimits.DEFAULT,
                CEILINGS,
                new GuestThreads.Settings(threads, 8L << 20),
                TIMING,
                nodePages,
                pluginPages,
                reservePages));
    }

    private double metric(String name, String limit) {
        return node.engine.metrics().stream()
                .filter(metric -> metric.name().equals(name)
                        && limit.equals(metric.labels().get("limit")))
                .mapToDouble(metric -> metric.value())
                .sum();
    }

    private static void busy(LoadedRelease release, String text) {
        assertThatThrownBy(() -> TestNode.call(release, NOTHING))
                .hasMessage(text)
                .isInstanceOfSatisfying(
                        PluginCallException.class, e -> assertThat(e.reason()).isEqualTo(Reason.BUSY));
    }

    /** Blocks one execution inside a host call until the latch opens. */
    private CompletableFuture<Integer> occupy(LoadedRelease relay, CountDownLatch inside) throws InterruptedException {
        CompletableFuture<Integer> answer = CompletableFuture.supplyAsync(() -> {
            try {
                return hostCall(relay, envelope("echo", "say")).status();
            } catch (PluginCallException e) {
                throw new AssertionError(e);
            }
        });
        assertThat(inside.await(10, TimeUnit.SECONDS)).isTrue();
        return answer;
    }

    private void provideBlocking(CountDownLatch inside, CountDownLatch goOn) {
        node.provide(new TestService("echo", ResourceKind.NONE).method("say", call -> {
            inside.countDown();
            try {
                assertThat(goOn.await(10, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }));
    }

    @Test
    void withoutAFreeGuestThreadARequestIsBusy() throws Exception {
        nodeWith(1, 16_384, 4_096, 0);
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        provideBlocking(inside, goOn);
        LoadedRelease relay = node.load(Guests.relayFromBody(), Grant.of("echo", "say"));
        CompletableFuture<Integer> running = occupy(relay, inside);
        busy(relay, "all guest threads of the node are taken; try again later");
        goOn.countDown();
        assertThat(running.get(10, TimeUnit.SECONDS)).isZero();
        assertThat(metric("patchbay_limit_reached_total", "concurrency")).isEqualTo(1);
    }

    @Test
    void aFullNodeRefusesNewExecutionsAndEndsNone() throws Exception {
        nodeWith(4, 64, 4_096, 0); // the running guest's first written page takes the whole node
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        provideBlocking(inside, goOn);
        LoadedRelease relay = node.load(Guests.relayFromBody(), Grant.of("echo", "say"));
        CompletableFuture<Integer> running = occupy(relay, inside);
        busy(relay, "the node has no memory for another execution; try again later");
        assertThat(metric("patchbay_limit_reached_total", "node_memory")).isEqualTo(1);
        goOn.countDown();
        assertThat(running.get(10, TimeUnit.SECONDS)).isZero();
        assertThat(TestNode.call(node.load(Guests.noop()), NOTHING).httpStatus())
                .as("the memory came back")
                .isEqualTo(200);
    }

    @Test
    void onAFullNodeAPluginStillHasItsReserve() throws Exception {
        nodeWith(4, 64, 4_096, 65);
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        provideBlocking(inside, goOn);
        LoadedRelease relay = node.load(Guests.relayFromBody(), Grant.of("echo", "say"));
        CompletableFuture<Integer> running = occupy(relay, inside);
        assertThat(TestNode.call(node.load(Guests.noop()), NOTHING).httpStatus())
                .isEqualTo(200);
        goOn.countDown();
        assertThat(running.get(10, TimeUnit.SECONDS)).isZero();
    }

    @Test
    void memoryBeyondThePluginsShareEndsOnlyThatExecution() throws Exception {
        nodeWith(4, 16_384, 128, 64);
        assertThatThrownBy(() -> TestNode.call(node.load(Guests.outOfMemory()), NOTHING))
                .hasMessageEndingWith("memory limit");
        assertThat(TestNode.call(node.load(Guests.echo()), NOTHING).httpStatus())
                .isEqualTo(200);
        assertThat(metric("patchbay_limit_reached_total", "plugin_memory")).isEqualTo(1);
    }

    @Test
    void aPluginsOwnLimitsCountFromItsNextExecution() throws Exception {
        node.provide(TestService.runtime());
        LoadedRelease relay = node.load(Guests.relayFromBody(), Grant.of("runtime", "info.now"));
        byte[] now = envelope("runtime", "info.now");
        assertThat(hostCall(relay, 1, false, 6, now).status()).isZero();
        Object settings = new Object();
        node.engine.limits().own(settings, TestNode.PLUGIN, Map.of(LimitName.HOST_CALLS, 5L));
        assertThatThrownBy(() -> hostCall(relay, 1, false, 6, now)).hasMessageContaining("more than 5 host calls");
        assertThat(metric("patchbay_plugin_limit", "host.calls")).isEqualTo(5);
        node.engine.limits().own(settings, "another-plugin", Map.of(LimitName.HOST_CALLS, 5L));
        assertThat(hostCall(relay, 1, false, 6, now).status()).isZero();
        node.engine.limits().own(settings, TestNode.PLUGIN, Map.of(LimitName.BRIDGE_REQUEST_BYTES, 10L));
        assertThatThrownBy(() -> hostCall(relay, now))
                .isInstanceOfSatisfying(
                        PluginCallException.class, e -> assertThat(e.reason()).isEqualTo(Reason.TOO_LARGE));
        node.engine.limits().withdraw(settings);
        assertThat(hostCall(relay, 1, false, 6, now).status()).isZero();
        assertThat(node.warnings).isEmpty();
    }

    @Test
    void aModuleThatDeclaresMoreMemoryThanItsPluginMayHaveIsRefusedOrItsExecutionEnds() throws Exception {
        LoadedRelease loaded = node.load(Guests.noop());
        node.engine.limits().own(this, TestNode.PLUGIN, Map.of(LimitName.MEMORY_PAGES, 1L));
        assertThatThrownBy(() -> TestNode.call(loaded, NOTHING))
                .hasMessageMatching(".*the module declares \\d+ pages of memory, the limit is 1");
        assertThatThrownBy(() -> node.engine.inspect(TestNode.descriptor(), Guests.noop()))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("1");
    }

    @Test
    void aLimitAboveItsCeilingIsCutSaidOnceAndShown() {
        nodeWith(4, 16_384, 4_096, 0);
        LimitTable limits = node.engine.limits();
        Map<LimitName, Long> tooMuch = Map.of(
                LimitName.HOST_CALLS, 1_000_000L,
                LimitName.WASI_CALLS, 5_000_000L,
                LimitName.DEADLINE_MILLIS, 3_600_000L,
                LimitName.QUEUE, 10L);
        limits.own(this, TestNode.PLUGIN, tooMuch);
        limits.own(this, TestNode.PLUGIN, tooMuch);
        ExecutionLimits effective = limits.of(TestNode.PLUGIN);
        assertThat(effective.hostCalls().calls()).isEqualTo(200_000);
        assertThat(effective.wasiCalls()).as("no ceiling: not above host-wide").isEqualTo(1_000_000);
        assertThat(effective.deadline()).as("nor above what is host-wide").isEqualTo(Duration.ofSeconds(30));
        assertThat(effective.queue()).isEqualTo(10);
        assertThat(node.warnings)
                .hasSize(3)
                .anyMatch(line -> line.startsWith("io.patchbay.limits of plugin 'demo-plugin': host.calls of 1000000 is"
                        + " above the host-wide ceiling, 200000 holds"));
        assertThat(metric("patchbay_plugin_limit_refused", "host.calls")).isEqualTo(1_000_000);
        limits.hostWide(ExecutionLimits.DEFAULT, new LimitCeilings(Map.of(LimitName.HOST_CALLS, 1_000_000L)));
        assertThat(limits.of(TestNode.PLUGIN).hostCalls().calls()).isEqualTo(1_000_000);
        assertThat(metric("patchbay_plugin_limit_refused", "host.calls")).isZero();
    }

    @Test
    void ofTwoConfigurationsForOnePluginTheFirstCountsUntilItGoes() {
        Object first = new Object();
        Object second = new Object();
        LimitTable limits = node.engine.limits();
        limits.own(first, TestNode.PLUGIN, Map.of(LimitName.QUEUE, 1L));
        limits.own(second, TestNode.PLUGIN, Map.of(LimitName.QUEUE, 2L));
        assertThat(limits.of(TestNode.PLUGIN).queue()).isEqualTo(1);
        assertThat(node.warnings).singleElement().asString().contains("two configurations", "'demo-plugin'");
        limits.withdraw(first);
        assertThat(limits.of(TestNode.PLUGIN).queue()).isEqualTo(2);
        assertThat(limits.of("other")).isEqualTo(ExecutionLimits.DEFAULT);
    }

    /** Stands for a guest that ignores its flag: the source of instances spins on the guest's thread. */
    @Test
    void aGuestThatCannotBeStoppedHasItsReleaseGivenUpAndAFreshLoadRuns() throws Exception {
        CountDownLatch told = new CountDownLatch(1);
        PluginRelease release = new PluginRelease(
                node.engine,
                TestNode.release(Guests.noop(), TestNode.descriptor()),
                node.engine.account(TestNode.PLUGIN),
                (imports, signal) -> {
                    while (told.getCount() > 0) {
                        Thread.onSpinWait();
                    }
                    throw new GuestTrap(GuestTrap.Reason.DEADLINE);
                },
                List.of());
        release.whenDisabled(told::countDown);
        assertThatThrownBy(() -> release.execute(
                        TestNode.request(NOTHING, Optional.empty(), Optional.of(Duration.ofMillis(20)))))
                .hasMessageEndingWith("deadline exceeded");
        assertThat(told.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(release.disabledByEngine()).isTrue();
        assertThatThrownBy(() -> TestNode.call(release, NOTHING))
                .isInstanceOfSatisfying(
                        PluginCallException.class, e -> assertThat(e.reason()).isEqualTo(Reason.NOT_ENABLED));
        assertThat(node.warnings).singleElement().asString().contains("'demo-plugin'", "100 ms of CPU time");
        CountDownLatch again = new CountDownLatch(1);
        release.whenDisabled(again::countDown);
        assertThat(again.getCount()).as("who asks late is told at once").isZero();
        release.close();
        LoadedRelease enabled =
                node.engine.load(TestNode.release(Guests.noop(), TestNode.descriptor()), List.of(), Progress.NONE);
        assertThat(TestNode.call(enabled, NOTHING).httpStatus()).isEqualTo(200);
        assertThat(enabled.disabledByEngine()).isFalse();
    }
}
