// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.admin.AdminException;
import io.patchbay.admin.AdminException.Problem;
import io.patchbay.admin.BindRequest;
import io.patchbay.admin.BindResult;
import io.patchbay.admin.ChangeListener;
import io.patchbay.hostservice.Lease;
import io.patchbay.provider.Access;
import io.patchbay.provider.Durability;
import io.patchbay.provider.ProviderException;
import io.patchbay.provider.StoreIdentity;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class BayAdminTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final StoreIdentity STORE = new StoreIdentity(UUID.randomUUID(), Durability.POWER);

    private static AbstractThrowableAssert<?, ?> refused(Problem problem, ThrowingCallable call) {
        return assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        AdminException.class, e -> assertThat(e.problem()).isEqualTo(problem));
    }

    @Test
    void aBindingForNowSwapsAndBeatsTheConfiguredOne() throws Exception {
        try (Bench bench = Bench.free(LONG)) {
            bench.add("a", new Probe("one"));
            bench.add("b", new Probe("two"));
            bench.bay.configure("pid", Wish.configured("probe", "p", "a", ""));

            bench.admin.bindForNow("probe", "b", "p");

            assertThat(bench.read("p")).isEqualTo("two");
            assertThat(bench.read("q")).isEqualTo("one");
            bench.admin.bindForNow("probe", "a", "p");
            assertThat(bench.read("p")).isEqualTo("one");
        }
    }

    @Test
    void aBindReturnsWhenTheLastCallOfTheProviderBeforeHasEnded() throws Exception {
        try (Bench bench = Bench.free(LONG)) {
            bench.add("a", new Probe("one"));
            bench.add("b", new Probe("two"));
            Lease<Probe> lease = bench.plugin("p").lease(Access.READ, Bench.soon());
            Future<?> bind = bench.drainers.submit(() -> {
                bench.admin.bindForNow("probe", "b", "p");
                return "bound";
            });
            while (!bench.admin.bindings("p").get(0).provider().equals("b")) {
                Thread.onSpinWait();
            }

            assertThat(bench.read("p")).isEqualTo("two");
            assertThat(bind.isDone()).isFalse();
            lease.close();

            bind.get(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void whoBindsHearsHowManyCallsOfTheProviderBeforeHaveNotEnded() throws Exception {
        try (Bench bench = Bench.free(LONG)) {
            bench.add("a", new Probe("one"));
            bench.add("b", new Probe("two"));
            Lease<Probe> lease = bench.plugin("p").lease(Access.READ, Bench.soon());
            List<String> heard = new CopyOnWriteArrayList<>();
            ChangeListener listener = new ChangeListener() {
                @Override
                public void draining(String kind, String provider, long calls) {
                    heard.add(kind + " " + provider + " " + calls);
                    bench.drainers.execute(lease::close);
                }
            };

            BindResult bound = bench.drainers
                    .submit(() -> bench.admin.bind(
                            new BindRequest("probe", "b", "p", "", BindRequest.Mode.NONE, false, false, "anna"),
                            listener))
                    .get(20, TimeUnit.SECONDS);

            assertThat(heard).first().isEqualTo("probe a 1");
            assertThat(bound.moves()).isEmpty();
            assertThat(bench.read("p")).isEqualTo("two");
        }
    }

    @Test
    void aDryRunNamesAPluginThatIsInstalledAndWasNotCalledYet() throws Exception {
        try (Bench bench = Bench.free(LONG)) {
            bench.add("a", new Probe("one"));
            bench.add("b", new Probe("two"));

            BindResult plan =
                    bench.admin.bind(new BindRequest("probe", "b", "", "", BindRequest.Mode.NONE, false, true, "anna"));

            assertThat(plan.changes()).singleElement().satisfies(change -> {
                assertThat(change.pluginId()).isEqualTo("p");
                assertThat(change.from()).isEqualTo("a");
                assertThat(change.to()).isEqualTo("b");
                assertThat(change.change()).isEqualTo(BindResult.Change.SWAP);
            });
        }
    }

    @Test
    void whatAFailedProviderSaidIsToldToWhoNeedsIt() throws Exception {
        try (Bench bench = Bench.free(LONG)) {
            bench.add("a", new Probe("one", STORE, CompletableFuture.failedFuture(new ProviderException("no disk"))));

            bench.admin.requireServed("p", List.of("other"));
            refused(Problem.UNAVAILABLE, () -> bench.admin.requireServed("p", List.of("probe")))
                    .hasMessage("nothing serves kind probe for plugin 'p'")
                    .satisfies(refusal ->
                            assertThat(((AdminException) refusal).details()).containsExactly("provider 'a': no disk"));

            bench.add("b", new Probe("two"));
            bench.admin.requireServed("p", List.of("probe"));
        }
    }

    @Test
    void aProviderShowsWhoseDataItsStoreHas() throws Exception {
        try (Bench bench = Bench.sticky(LONG)) {
            bench.add("a", new Probe("one", STORE));
            bench.write("q");
            bench.write("p");

            assertThat(bench.admin.providers())
                    .singleElement()
                    .satisfies(view -> assertThat(view.owns()).containsExactly("p", "q"));
        }
    }

    @Test
    void aCallThatBindsAnotherProviderDoesNotWaitForItself() throws Exception {
        try (Bench bench = Bench.free(LONG)) {
            bench.add("a", new Probe("one"));
            bench.add("b", new Probe("two"));

            String answer = bench.plugin("p").<String, AdminException>call(Access.READ, Bench.soon(), probe -> {
                bench.admin.bindForNow("probe", "b", "p");
                return probe.answer();
            });

            assertThat(answer).isEqualTo("one");
            assertThat(bench.read("p")).isEqualTo("two");
        }
    }

    @Test
    void aBindThatWaitsEndsWhenTheBayStops() throws Exception {
        try (Bench bench =
                new Bench(io.patchbay.hostservice.SlotOptions.free("probe"), LONG, Duration.ofMillis(20), true)) {
            bench.add("a", new Probe("one"));
            bench.add("b", new Probe("two"));
            // On a thread of its own, for the thread that closes would not wait for a lease of its own.
            bench.drainers
                    .submit(() -> bench.plugin("p").lease(Access.READ, Bench.soon()))
                    .get();
            Future<?> bind = bench.drainers.submit(() -> {
                bench.admin.bindForNow("probe", "b", "p");
                return "bound";
            });
            while (!bench.admin.bindings("p").get(0).provider().equals("b")) {
                Thread.onSpinWait();
            }

            bench.bay.close();

            bind.get(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void unknownNamesAreRefusedAndTheKnownOnesAreNamed() {
        try (Bench bench = Bench.free(LONG)) {
            bench.add("a", new Probe("one"));

            refused(Problem.INPUT, () -> bench.admin.bindForNow("prope", "a", "p"))
                    .hasMessageContaining("'prope'")
                    .hasMessageContaining("probe");
            refused(Problem.INPUT, () -> bench.admin.bindForNow("probe", "z", "p"))
                    .hasMessageContaining("'z'")
                    .hasMessageContaining("there are: a");
            refused(Problem.INPUT, () -> bench.admin.why("p", "x".repeat(1000))).hasMessageContaining("xxx...");
        }
    }

    @Test
    void aProviderThatIsNotReadyIsNotBound() throws Exception {
        try (Bench bench = Bench.free(Duration.ofMillis(20))) {
            bench.add("a", new Probe("one"));
            bench.add("b", new Probe("two", STORE, new CompletableFuture<>()));

            refused(Problem.UNAVAILABLE, () -> bench.admin.bindForNow("probe", "b", "p"));

            assertThat(bench.read("p")).isEqualTo("one");
        }
    }

    @Test
    void aBindingThatWouldNeedAMoveIsRefusedAndTheOwnerIsNamed() throws Exception {
        try (Bench bench = Bench.sticky(LONG)) {
            bench.add("a", new Probe("one", STORE));
            bench.add("b", new Probe("two"));
            bench.add("c", new Probe("three", STORE));
            bench.write("p");

            refused(Problem.REFUSED, () -> bench.admin.bindForNow("probe", "b", "p"))
                    .hasMessageContaining("'a'")
                    .hasMessageContaining(STORE.id().toString());
            assertThat(bench.read("p")).isEqualTo("one");

            bench.admin.bindForNow("probe", "c", "p");
            assertThat(bench.read("p")).isEqualTo("three");
            bench.admin.bindForNow("probe", "b", "q");
            assertThat(bench.write("q")).isEqualTo("two");
        }
    }

    @Test
    void aStickyBindingIsNotMadeWhileTheOwnerCannotBeKnown() {
        try (Bench bench = new Bench(
                io.patchbay.hostservice.SlotOptions.sticky("probe", Probe::store), LONG, Duration.ZERO, false)) {
            bench.add("a", new Probe("one"));

            refused(Problem.UNAVAILABLE, () -> bench.admin.bindForNow("probe", "a", "p"));
        }
    }

    @Test
    void whyTellsEachStepAndTheDecidingOneLast() throws Exception {
        try (Bench bench = Bench.free(LONG)) {
            bench.add("a", new Probe("one"), Map.of("patchbay.call.timeout", 9_000L));
            bench.add("a", new Probe("hidden"), Map.of("service.ranking", -1));
            bench.bay.configure("pid", Wish.configured("probe", "p", "a", ""));

            assertThat(bench.admin.why("p", "probe").verdict())
                    .isEqualTo("provider 'a' serves kind probe for plugin 'p'");
            assertThat(bench.admin.why("p", "probe").steps())
                    .anyMatch(step -> step.contains("longer than the drain time"))
                    .anyMatch(step -> step.contains("shadowed"))
                    .last()
                    .isEqualTo("binding of plugin 'p' names 'a'");
        }
    }

    @Test
    void theDefaultsAreShownWithoutAPlugin() {
        try (Bench bench = Bench.sticky(LONG)) {
            bench.add("a", new Probe("one"));

            assertThat(bench.admin.kinds()).containsExactly("probe");
            assertThat(bench.admin.bindings("")).singleElement().satisfies(view -> {
                assertThat(view.provider()).isEqualTo("a");
                assertThat(view.wish()).isEmpty();
            });
        }
    }
}
