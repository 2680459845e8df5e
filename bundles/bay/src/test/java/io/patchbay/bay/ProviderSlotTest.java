// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.admin.ProviderView;
import io.patchbay.admin.ProviderView.State;
import io.patchbay.admin.Topics;
import io.patchbay.hostservice.Lease;
import io.patchbay.hostservice.PluginSlot;
import io.patchbay.hostservice.ProviderFailedException;
import io.patchbay.hostservice.ProviderUnavailableException;
import io.patchbay.hostservice.SlotOptions;
import io.patchbay.provider.Access;
import io.patchbay.provider.Blocking;
import io.patchbay.provider.Durability;
import io.patchbay.provider.Provider;
import io.patchbay.provider.StoreIdentity;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ProviderSlotTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(20);
    private static final StoreIdentity STORE = new StoreIdentity(UUID.randomUUID(), Durability.POWER);

    private static List<String> states(Bench bench) {
        return bench.slot.shelf().views().stream()
                .map(view -> view.name() + " " + view.state())
                .toList();
    }

    private static void waits(Bench bench) {
        while (bench.slot.counters().waits.sum() == 0) {
            Thread.onSpinWait();
        }
    }

    @Test
    void theBestProviderServesAndAHigherRankedOneTakesOver() throws Exception {
        try (Bench bench = Bench.free(LONG)) {
            bench.add("a", new Probe("one"));
            assertThat(bench.read("p")).isEqualTo("one");

            bench.add("b", new Probe("two"), Map.of("service.ranking", 1));

            assertThat(bench.read("p")).isEqualTo("two");
            assertThat(bench.whatOf(Topics.SWAPPED)).containsExactly("swapped b");
        }
    }

    @Test
    void aRankingThatChangesAtRunTimeChangesTheChoice() throws Exception {
        try (Bench bench = Bench.free(LONG)) {
            long one = bench.add("a", new Probe("one"));
            bench.add("b", new Probe("two"));
            assertThat(bench.read("p")).isEqualTo("one");

            bench.change(one, "a", Map.of("service.ranking", -1));

            assertThat(bench.read("p")).isEqualTo("two");
        }
    }

    @Test
    void aProviderServesOnlyOnceItIsReady() throws Exception {
        try (Bench bench = Bench.free(LONG)) {
            CompletableFuture<Void> ready = new CompletableFuture<>();
            bench.add("a", new Probe("one", STORE, ready));
            assertThat(states(bench)).containsExactly("a STARTING");
            assertThat(bench.plugin("p").tryLease()).isEmpty();
            assertThat(bench.plugin("p").isServed()).isFalse();

            ready.complete(null);

            assertThat(states(bench)).containsExactly("a READY");
            assertThat(bench.plugin("p").isServed()).isTrue();
            assertThat(bench.read("p")).isEqualTo("one");
        }
    }

    @Test
    void aProviderThatCannotBecomeReadyIsShownWithItsReason() {
        try (Bench bench = Bench.free(LONG)) {
            bench.add("a", new Probe("one", STORE, CompletableFuture.failedFuture(new IOException("no such host"))));

            ProviderView view = bench.slot.shelf().views().get(0);
            assertThat(view.state()).isEqualTo(State.FAILED);
            assertThat(view.detail()).isEqualTo("no such host");
        }
    }

    @Test
    void aProviderThatBecomesReadyAfterItLeftIsIgnored() {
        try (Bench bench = Bench.free(LONG)) {
            CompletableFuture<Void> ready = new CompletableFuture<>();
            bench.remove(bench.add("a", new Probe("one", STORE, ready)));

            ready.complete(null);

            assertThat(bench.slot.shelf().views()).isEmpty();
        }
    }

    @Test
    void aNameThatIsNotAllowedIsRefusedAndShown() {
        try (Bench bench = Bench.free(LONG)) {
            bench.add("Not a name", new Probe("one"));

            ProviderView view = bench.slot.shelf().views().get(0);
            assertThat(view.state()).isEqualTo(State.REFUSED);
            assertThat(view.detail()).contains("'Not a name'");
        }
    }

    @Test
    void ofTwoWithOneNameInAFreeKindTheLowerRankedIsShadowed() throws Exception {
        try (Bench bench = Bench.free(LONG)) {
            bench.add("a", new Probe("low"));
            long high = bench.add("a", new Probe("high"), Map.of("service.ranking", 1));
            assertThat(states(bench)).containsExactly("a READY", "a SHADOWED");
            assertThat(bench.read("p")).isEqualTo("high");

            bench.remove(high);

            assertThat(bench.read("p")).isEqualTo("low");
        }
    }

    @Test
    void ofTwoWithOneNameOnAnotherStoreTheNewcomerIsRefused() throws Exception {
        try (Bench bench = Bench.sticky(LONG)) {
            bench.add("a", new Probe("first", STORE));
            bench.add("a", new Probe("second"), Map.of("service.ranking", 9));
            bench.add("a", new Probe("third", STORE), Map.of("service.ranking", 1));

            assertThat(states(bench)).containsExactly("a REFUSED", "a READY", "a SHADOWED");
            assertThat(bench.read("p")).isEqualTo("third");
        }
    }

    @Test
    void aCallWaitsInTheGapAndIsWokenByTheNextProvider() throws Exception {
        try (Bench bench = Bench.free(LONG)) {
            bench.remove(bench.add("a", new Probe("one")));
            Future<String> waiting = bench.drainers.submit(() -> bench.read("p"));
            waits(bench);

            bench.add("a", new Probe("two"));

            assertThat(waiting.get(20, TimeUnit.SECONDS)).isEqualTo("two");
            assertThat(bench.read("q")).isEqualTo("two");
            assertThat(new BayMetrics(bench.bay).metrics())
                    .filteredOn(metric -> metric.name().equals("patchbay_slot_waits_total"))
                    .extracting(metric -> metric.labels().get("plugin") + " " + metric.value())
                    .containsExactly("p 1.0", "q 0.0");
        }
    }

    @Test
    void afterTheGraceNothingServes() {
        try (Bench bench = Bench.free(SHORT)) {
            assertThatThrownBy(() -> bench.read("p"))
                    .isInstanceOf(ProviderUnavailableException.class)
                    .hasMessageContaining("no provider is ready");
        }
    }

    @Test
    void noCallWaitsBeyondItsDeadline() {
        try (Bench bench = Bench.free(Duration.ofHours(1))) {
            assertThatThrownBy(() -> bench.plugin("p").lease(Access.READ, System.nanoTime() + 1_000_000))
                    .isInstanceOf(ProviderUnavailableException.class);
        }
    }

    @Test
    void aBoundProviderThatStaysAwayIsReplacedAfterTheGraceWithAnEvent() throws Exception {
        try (Bench bench = Bench.free(LONG)) {
            bench.add("a", new Probe("one"));
            bench.bay.configure("pid", Wish.configured("probe", "p", "b", ""));
            assertThat(bench.plugin("p").tryLease()).isEmpty();
            assertThat(bench.read("q")).isEqualTo("one");

            bench.clock.addAndGet(LONG.toNanos());
            bench.timers.forEach(Runnable::run);

            assertThat(bench.read("p")).isEqualTo("one");
            assertThat(bench.whatOf(Topics.SWAPPED)).containsExactly("fallback a");

            bench.add("b", new Probe("two"));
            assertThat(bench.read("p")).isEqualTo("two");
        }
    }

    @Test
    void configuredBindingsAreFollowedAndTakenBack() throws Exception {
        try (Bench bench = Bench.free(LONG)) {
            bench.add("a", new Probe("one"));
            bench.add("b", new Probe("two"));
            bench.bay.configure("all", Wish.configured("probe", "", "b", ""));
            bench.bay.configure("own", Wish.configured("probe", "p", "a", ""));
            assertThat(bench.read("p")).isEqualTo("one");
            assertThat(bench.read("q")).isEqualTo("two");

            bench.bay.unconfigure("all");
            bench.bay.configure("own", Wish.configured("probe", "p", "b", ""));

            assertThat(bench.read("p")).isEqualTo("two");
            assertThat(bench.read("q")).isEqualTo("one");
        }
    }

    @Test
    void theFirstWriteRecordsTheOwnerBeforeTheProviderIsCalled() throws Exception {
        try (Bench bench = Bench.sticky(LONG)) {
            bench.add("a", new Probe("one", STORE));
            bench.read("p");
            assertThat(bench.registry.owners).isEmpty();

            bench.plugin("p").call(Access.WRITE, Bench.soon(), probe -> {
                assertThat(bench.registry.owners.get("probe/p").store()).isEqualTo(STORE);
                return probe.answer();
            });

            assertThat(bench.whatOf(Topics.OWNER)).containsExactly("claimed a");
        }
    }

    @Test
    void beforeTheFirstWriteABetterProviderMayTakeOverButNotAfter() throws Exception {
        try (Bench bench = Bench.sticky(LONG)) {
            bench.add("a", new Probe("one"));
            bench.read("p");
            bench.add("b", new Probe("two"), Map.of("service.ranking", 1));
            assertThat(bench.write("p")).isEqualTo("two");

            bench.add("c", new Probe("three"), Map.of("service.ranking", 2));

            assertThat(bench.read("p")).isEqualTo("two");
            assertThat(bench.read("q")).isEqualTo("three");
        }
    }

    @Test
    void anotherStoreNeverAnswersForTheOwner() throws Exception {
        try (Bench bench = Bench.sticky(SHORT)) {
            long owner = bench.add("a", new Probe("one", STORE));
            bench.write("p");
            bench.add("b", new Probe("two"), Map.of("service.ranking", 9));
            bench.remove(owner);

            assertThatThrownBy(() -> bench.read("p")).isInstanceOf(ProviderUnavailableException.class);
            assertThatThrownBy(() -> bench.write("p")).isInstanceOf(ProviderUnavailableException.class);

            bench.add("c", new Probe("three", STORE));
            assertThat(bench.write("p")).isEqualTo("three");
        }
    }

    @Test
    void anOwnerRecordedEarlierDecidesAndAWishForAnotherStoreIsPending() throws Exception {
        try (Bench bench = Bench.sticky(LONG)) {
            bench.registry.claim("probe", "p", new io.patchbay.port.StoreOwner(STORE, "a"));
            bench.add("b", new Probe("two"), Map.of("service.ranking", 9));
            bench.add("a", new Probe("one", STORE));
            bench.bay.configure("pid", Wish.configured("probe", "p", "b", ""));

            assertThat(bench.write("p")).isEqualTo("one");
            assertThat(bench.admin.bindings("p").get(0).reason()).contains("pending: needs --copy or --discard");
            assertThat(bench.admin.bindings("p").get(0).wish()).isEqualTo("b");
        }
    }

    @Test
    void whileTheRecordOfOwnersIsAwayNothingOfAnUnknownOwnerIsServed() throws Exception {
        SlotOptions<Probe> sticky = SlotOptions.sticky("probe", Probe::store);
        try (Bench bench = new Bench(sticky, LONG, Duration.ofSeconds(3), false)) {
            bench.add("a", new Probe("one"));
            assertThat(bench.plugin("p").tryLease()).isEmpty();
            Future<String> waiting = bench.drainers.submit(() -> bench.write("p"));
            waits(bench);

            bench.bay.attachOwners(bench.registry);

            assertThat(waiting.get(20, TimeUnit.SECONDS)).isEqualTo("one");
            assertThat(bench.registry.owners).containsKey("probe/p");
        }
    }

    @Test
    void aFirstWriteWaitsForTheRecordOfOwnersWhileReadsGoOn() throws Exception {
        try (Bench bench = Bench.sticky(LONG)) {
            bench.add("a", new Probe("one"));
            assertThat(bench.read("p")).isEqualTo("one");
            bench.bay.detachOwners(bench.registry);
            assertThat(bench.read("p")).isEqualTo("one");
            Future<String> waiting = bench.drainers.submit(() -> bench.write("p"));
            waits(bench);

            bench.bay.attachOwners(bench.registry);

            assertThat(waiting.get(20, TimeUnit.SECONDS)).isEqualTo("one");
        }
    }

    @Test
    void aVolatileStoreStartedAnewServesAgainAndItsLossIsTold() throws Exception {
        try (Bench bench = Bench.sticky(LONG)) {
            StoreIdentity before = new StoreIdentity(UUID.randomUUID(), Durability.NONE);
            long first = bench.add("memory", new Probe("one", before));
            bench.write("p");
            bench.remove(first);

            bench.add("memory", new Probe("two", new StoreIdentity(UUID.randomUUID(), Durability.NONE)));

            assertThat(bench.write("p")).isEqualTo("two");
            assertThat(bench.whatOf(Topics.OWNER)).containsExactly("claimed memory", "lost memory");
        }
    }

    @Test
    void aProviderThatLeavesIsHeldBackForItsCalls() throws Exception {
        try (Bench bench = Bench.free(LONG)) {
            Probe one = new Probe("one");
            long id = bench.add("a", one);
            Lease<Probe> lease = bench.plugin("p").lease(Access.READ, Bench.soon());
            Future<?> leaving = bench.drainers.submit(() -> {
                bench.remove(id);
                one.gone = true;
            });
            while (bench.slot.counters().drains.sum() == 0) {
                Thread.onSpinWait();
            }

            assertThat(leaving.isDone()).isFalse();
            assertThat(states(bench)).containsExactly("a DRAINING");
            assertThat(lease.provider().answer()).isEqualTo("one");
            lease.close();

            leaving.get(20, TimeUnit.SECONDS);
            assertThat(bench.slot.counters().overstays.sum()).isZero();
            assertThatIllegalStateException().isThrownBy(lease::provider);
        }
    }

    @Test
    void aSecondRetirementWaitsForTheSameCalls() throws Exception {
        try (Bench bench = Bench.free(LONG)) {
            long id = bench.add("a", new Probe("one"));
            Lease<Probe> lease = bench.plugin("p").lease(Access.READ, Bench.soon());
            Future<?> leaving = bench.drainers.submit(() -> bench.remove(id));
            Future<?> closing = bench.drainers.submit(bench.slot::close);
            while (bench.slot.counters().drains.sum() < 2) {
                Thread.onSpinWait();
            }

            assertThat(leaving.isDone()).isFalse();
            assertThat(closing.isDone()).isFalse();
            lease.close();

            leaving.get(20, TimeUnit.SECONDS);
            closing.get(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void aCallThatStopsItsOwnProviderDoesNotWaitForItself() throws Exception {
        try (Bench bench = new Bench(SlotOptions.free("probe"), LONG, Duration.ofSeconds(4), true)) {
            long id = bench.add("a", new Probe("one"));
            String answer = bench.plugin("p").call(Access.READ, Bench.soon(), probe -> {
                bench.remove(id);
                return "done";
            });

            assertThat(answer).isEqualTo("done");
            assertThat(bench.slot.counters().overstays.sum()).isZero();
        }
    }

    @Test
    void aPooledCallThatStopsItsOwnProviderDoesNotWaitForItself() throws Exception {
        try (Bench bench = Bench.free(LONG)) {
            long id =
                    bench.add("a", new Probe("one"), Map.of(Provider.BLOCKING, "ALL", Provider.CALL_TIMEOUT, 20_000L));
            String answer = bench.plugin("p").call(Access.READ, Bench.soon(), probe -> {
                bench.remove(id);
                return Thread.currentThread().getName();
            });

            assertThat(answer).startsWith("patchbay-probe-a-");
            assertThat(bench.slot.counters().overstays.sum()).isZero();
        }
    }

    @Test
    void aLeaseClosedOnAnotherThreadStillLetsTheProviderGo() throws Exception {
        try (Bench bench = Bench.free(LONG)) {
            long id = bench.add("a", new Probe("one"));
            Lease<Probe> lease = bench.plugin("p").lease(Access.READ, Bench.soon());
            bench.drainers.submit(lease::close).get(20, TimeUnit.SECONDS);

            bench.remove(id);

            assertThat(bench.slot.shelf().views()).isEmpty();
            assertThat(bench.slot.counters().overstays.sum()).isZero();
        }
    }

    @Test
    void whatOverstaysTheDrainIsCountedReportedAndItsResultDropped() throws Exception {
        try (Bench bench = new Bench(SlotOptions.free("probe"), LONG, SHORT, true)) {
            long id = bench.add("a", new Probe("one"));
            CountDownLatch inside = new CountDownLatch(1);
            CountDownLatch end = new CountDownLatch(1);
            Future<String> call = bench.drainers.submit(
                    () -> bench.plugin("p").<String, InterruptedException>call(Access.READ, Bench.soon(), probe -> {
                        inside.countDown();
                        end.await();
                        return "late";
                    }));
            inside.await();

            bench.remove(id);
            end.countDown();

            assertThatThrownBy(call::get).cause().isInstanceOf(ProviderFailedException.class);
            assertThat(bench.slot.counters().overstays.sum()).isEqualTo(1);
            assertThat(bench.whatOf(Topics.OVERSTAYED)).containsExactly("overstayed a");
        }
    }

    @Test
    void whatAProviderThrowsIsCountedAndLoggedUnderTheIncidentThatTheGuestIsTold() throws Exception {
        try (Bench bench = Bench.free(LONG)) {
            bench.add("a", new Probe("one"));
            PluginSlot<Probe> plugin = bench.plugin("p");

            assertThatThrownBy(() -> plugin.call(Access.READ, Bench.soon(), probe -> {
                        throw new IllegalStateException("broken");
                    }))
                    .isInstanceOfSatisfying(
                            ProviderFailedException.class,
                            e -> assertThat(bench.incidents).anyMatch(line -> line.startsWith(e.incident())));
            assertThatThrownBy(() -> plugin.<String, RuntimeException>call(Access.READ, Bench.soon(), probe -> null))
                    .isInstanceOf(ProviderFailedException.class)
                    .hasMessageContaining("null");
            assertThatThrownBy(() -> plugin.call(Access.READ, Bench.soon(), probe -> {
                        throw new NoClassDefFoundError("gone");
                    }))
                    .isInstanceOf(ProviderFailedException.class);
            assertThat(bench.slot.shelf().views().get(0).failures()).isEqualTo(3);
            assertThat(bench.slot.shelf().views().get(0).leases()).isZero();
        }
    }

    @Test
    void theCheckedExceptionOfAnSpiPassesThroughUncounted() {
        for (Blocking blocking : Blocking.values()) {
            try (Bench bench = Bench.free(LONG)) {
                bench.add("a", new Probe("one"), Map.of(Provider.BLOCKING, blocking.name()));

                assertThatThrownBy(
                                () -> bench.plugin("p").<String, IOException>call(Access.WRITE, Bench.soon(), probe -> {
                                    throw new IOException("full");
                                }))
                        .isInstanceOf(IOException.class);
                assertThat(bench.slot.shelf().views().get(0).failures()).isZero();
            }
        }
    }

    @Test
    void onlyCallsThatMayBlockRunOnThePool() throws Exception {
        try (Bench bench = Bench.free(LONG)) {
            bench.add("a", new Probe("one"), Map.of(Provider.BLOCKING, "WRITES"));

            assertThat(bench.plugin("p")
                            .<Thread, RuntimeException>call(Access.READ, Bench.soon(), probe -> Thread.currentThread()))
                    .isSameAs(Thread.currentThread());
            Thread pooled = bench.plugin("p")
                    .<Thread, RuntimeException>call(Access.WRITE, Bench.soon(), probe -> Thread.currentThread());
            assertThat(pooled.getName()).startsWith("patchbay-probe-a-");
            assertThat(pooled.isDaemon()).isTrue();
        }
    }

    @Test
    void aPooledCallRunsOnAThreadThatIsIdle() throws Exception {
        try (Bench bench = Bench.free(LONG)) {
            bench.add("a", new Probe("one"), Map.of(Provider.BLOCKING, "ALL"));
            Thread first = pooledThread(bench);
            while (first.getState() != Thread.State.TIMED_WAITING) {
                Thread.onSpinWait();
            }

            assertThat(pooledThread(bench)).isSameAs(first);
        }
    }

    private static Thread pooledThread(Bench bench) throws Exception {
        return bench.plugin("p")
                .<Thread, RuntimeException>call(Access.READ, Bench.soon(), probe -> Thread.currentThread());
    }

    @Test
    void aPooledCallIsGivenUpAtItsCallTimeoutAndItsLeaseLastsUntilItReallyEnds() throws Exception {
        try (Bench bench = Bench.free(LONG)) {
            bench.add("a", new Probe("one"), Map.of(Provider.BLOCKING, "ALL", Provider.CALL_TIMEOUT, 200L));
            CountDownLatch end = new CountDownLatch(1);

            assertThatThrownBy(() -> bench.plugin("p")
                            .<String, InterruptedException>call(Access.READ, Bench.soon(), probe -> {
                                end.await();
                                return "late";
                            }))
                    .isInstanceOf(ProviderFailedException.class)
                    .hasMessageContaining("overstayed");
            assertThat(bench.slot.shelf().views().get(0).leases()).isEqualTo(1);

            end.countDown();
            while (bench.slot.shelf().views().get(0).leases() > 0) {
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void aFullPoolSaysNoAtOnce() throws Exception {
        try (Bench bench = Bench.free(LONG)) {
            bench.add("a", new Probe("one"), Map.of(Provider.BLOCKING, "ALL", Provider.CALL_TIMEOUT, 20_000L));
            PluginSlot<Probe> plugin = bench.plugin("p");
            CountDownLatch end = new CountDownLatch(1);
            // Two threads and two waiting places.
            CountDownLatch inside = new CountDownLatch(2);
            for (int i = 0; i < 4; i++) {
                if (i == 2) {
                    assertThat(inside.await(20, TimeUnit.SECONDS)).isTrue();
                }
                Future<String> unused = bench.drainers.submit(
                        () -> plugin.<String, InterruptedException>call(Access.READ, Bench.soon(), probe -> {
                            inside.countDown();
                            end.await();
                            return "x";
                        }));
            }
            while (bench.slot.shelf().views().get(0).leases() < 4) {
                Thread.onSpinWait();
            }

            String answer = "";
            // A call has its lease before it has its place: until the fourth one has that too, this one waits for a
            // thread.
            do {
                answer = failure(plugin, System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(20));
            } while (answer.contains("no thread of its pool was free"));

            assertThat(answer).contains("2 threads and 2 waiting places");
            end.countDown();
        }
    }

    private static String failure(PluginSlot<Probe> plugin, long deadlineNanos) throws Exception {
        try {
            return plugin.<String, RuntimeException>call(Access.READ, deadlineNanos, Probe::answer);
        } catch (ProviderFailedException e) {
            return String.valueOf(e.getMessage());
        }
    }

    @Test
    void aClosedSlotAnswersAtOnceAndWakesWhoWaits() throws Exception {
        try (Bench bench = Bench.free(LONG)) {
            Future<String> waiting = bench.drainers.submit(() -> bench.read("p"));
            waits(bench);

            bench.slot.close();
            bench.slot.close();

            assertThatThrownBy(waiting::get).cause().isInstanceOf(ProviderUnavailableException.class);
            assertThatThrownBy(() -> bench.read("p")).isInstanceOf(ProviderUnavailableException.class);
        }
    }

    @Test
    void aKindHasOneSlotAndTheRefusalNamesItsOwner() {
        try (Bench bench = Bench.free(LONG)) {
            SlotOptions<Probe> again = SlotOptions.free("probe");
            assertThatIllegalStateException()
                    .isThrownBy(() -> bench.bay.open("another", new Bench.Source(), again))
                    .withMessageContaining("'probe'")
                    .withMessageContaining("test.owner");

            bench.slot.close();
            bench.bay.open("another", new Bench.Source(), again).close();
        }
    }

    @Test
    void thePluginsViewIsTheSameObjectEveryTime() {
        try (Bench bench = Bench.free(LONG)) {
            assertThat(bench.plugin("p")).isSameAs(bench.plugin("p")).isNotSameAs(bench.plugin("q"));
        }
    }

    @Test
    void callsFailuresAndSwapsAreShownAsMetricsAlsoOfProvidersThatLeft() throws Exception {
        try (Bench bench = Bench.free(LONG)) {
            long id = bench.add("a", new Probe("one"));
            bench.read("p");
            bench.read("p");
            bench.remove(id);
            bench.add("a", new Probe("two"));
            bench.read("p");
            assertThat(bench.plugin("p").isServed()).as("is no call").isTrue();

            assertThat(new BayMetrics(bench.bay).metrics())
                    .anySatisfy(metric -> {
                        assertThat(metric.name()).isEqualTo("patchbay_provider_calls_total");
                        assertThat(metric.labels()).containsEntry("provider", "a");
                        assertThat(metric.value()).isEqualTo(3);
                    })
                    .anySatisfy(metric -> {
                        assertThat(metric.name()).isEqualTo("patchbay_slot_swaps_total");
                        assertThat(metric.value()).isEqualTo(1);
                    });
        }
    }
}
