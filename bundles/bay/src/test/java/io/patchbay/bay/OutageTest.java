// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.admin.ProviderView;
import io.patchbay.admin.Topics;
import io.patchbay.hostservice.Lease;
import io.patchbay.hostservice.ProviderFailedException;
import io.patchbay.hostservice.ProviderUnavailableException;
import io.patchbay.provider.Access;
import io.patchbay.provider.BackendUnavailableException;
import io.patchbay.provider.BackendUnavailableException.Effect;
import io.patchbay.provider.Provider;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls to a provider whose server goes and returns. */
@Timeout(60)
class OutageTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(150);

    /** A provider whose server the test takes away and gives back. */
    private static final class Remote extends Probe {
        final AtomicInteger attempts = new AtomicInteger();
        final AtomicInteger atOnce = new AtomicInteger();
        final AtomicInteger most = new AtomicInteger();
        volatile boolean away;
        volatile Effect effect = Effect.NONE;

        Remote(String answer) {
            super(answer);
        }

        @Override
        String answer() {
            attempts.incrementAndGet();
            int here = atOnce.incrementAndGet();
            try {
                if (away) {
                    most.accumulateAndGet(here, Math::max);
                    throw new BackendUnavailableException("the server is away", effect);
                }
                return super.answer();
            } finally {
                atOnce.decrementAndGet();
            }
        }

        void awaitAttempts(int count) {
            while (attempts.get() < count) {
                Thread.onSpinWait();
            }
        }
    }

    private static Remote away(Effect effect) {
        Remote remote = new Remote("back");
        remote.away = true;
        remote.effect = effect;
        return remote;
    }

    @ParameterizedTest
    @ValueSource(strings = {"NONE", "ALL"})
    void aCallThatHasChangedNothingIsMadeAgainUntilTheServerReturns(String blocking) throws Exception {
        try (Bench bench = Bench.free(LONG)) {
            Remote remote = away(Effect.NONE);
            bench.add("a", remote, Map.of(Provider.BLOCKING, blocking));
            Future<String> call = bench.drainers.submit(() -> bench.write("p"));
            remote.awaitAttempts(3);
            assertThat(call).isNotDone();

            remote.away = false;

            assertThat(call.get(20, TimeUnit.SECONDS)).isEqualTo("back");
            assertThat(bench.whatOf(Topics.PROVIDER)).containsExactly("ready a", "away a", "returned a");
            ProviderView view = bench.slot.shelf().views().get(0);
            assertThat(view.failures()).isZero();
            assertThat(view.detail()).isEmpty();
        }
    }

    @Test
    void whatStillWaitsAtTheEndOfTheGraceIsUnavailable() {
        try (Bench bench = Bench.free(SHORT)) {
            bench.add("a", away(Effect.NONE));
            for (int i = 1; i <= 2; i++) {
                assertThatThrownBy(() -> bench.write("p"))
                        .isInstanceOf(ProviderUnavailableException.class)
                        .hasMessageContaining("the server is away");
                assertThat(bench.slot.shelf().views().get(0).failures()).isEqualTo(i);
            }
            assertThat(bench.slot.shelf().views().get(0).detail()).contains("the server is away");
            assertThat(bench.whatOf(Topics.PROVIDER)).containsExactly("ready a", "away a");
        }
    }

    @Test
    void noCallWaitsForAServerBeyondItsDeadline() {
        try (Bench bench = Bench.free(Duration.ofHours(1))) {
            bench.add("a", away(Effect.NONE));
            long soon = System.nanoTime() + 1_000_000;
            assertThatThrownBy(() -> bench.plugin("p").call(Access.READ, soon, Probe::answer))
                    .isInstanceOf(ProviderUnavailableException.class);
        }
    }

    @Test
    void aCallThatMayHaveBeenCarriedOutIsNeverMadeAgain() {
        try (Bench bench = Bench.free(SHORT)) {
            Remote remote = away(Effect.UNKNOWN);
            bench.add("a", remote);

            assertThatThrownBy(() -> bench.write("p")).isInstanceOf(ProviderFailedException.class);

            assertThat(remote.attempts).hasValue(1);
            assertThat(bench.incidents).anyMatch(line -> line.contains("left in the middle"));
            remote.effect = Effect.NONE;
            assertThatThrownBy(() -> bench.write("p")).isInstanceOf(ProviderUnavailableException.class);
        }
    }

    @Test
    void whileItIsAwayOneCallAtATimeGoesToTheProvider() throws Exception {
        try (Bench bench = Bench.free(LONG)) {
            Remote remote = away(Effect.NONE);
            bench.add("a", remote);
            assertThatThrownBy(() -> bench.plugin("p").call(Access.READ, System.nanoTime() + 1, Probe::answer))
                    .isInstanceOf(ProviderUnavailableException.class);
            remote.most.set(0);
            List<Future<String>> calls = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                String plugin = "p" + i % 3;
                calls.add(bench.drainers.submit(() -> bench.write(plugin)));
            }
            remote.awaitAttempts(6);
            assertThat(remote.most).hasValue(1);

            remote.away = false;

            for (Future<String> call : calls) {
                assertThat(call.get(20, TimeUnit.SECONDS)).isEqualTo("back");
            }
        }
    }

    @Test
    void aCallThatWaitsGoesToWhoeverServesNext() throws Exception {
        try (Bench bench = Bench.free(LONG)) {
            Remote remote = away(Effect.NONE);
            long id = bench.add("a", remote);
            Future<String> call = bench.drainers.submit(() -> bench.write("p"));
            remote.awaitAttempts(2);

            bench.add("b", new Probe("two"), Map.of("service.ranking", 1));

            assertThat(call.get(20, TimeUnit.SECONDS)).isEqualTo("two");
            bench.remove(id);
        }
    }

    @Test
    void aProviderThatLeavesDoesNotWaitForCallsThatWaitForItsServer() throws Exception {
        try (Bench bench = Bench.free(LONG)) {
            Remote remote = away(Effect.NONE);
            long id = bench.add("a", remote);
            Future<String> call = bench.drainers.submit(() -> bench.write("p"));
            remote.awaitAttempts(2);

            bench.remove(id);

            assertThat(bench.whatOf(Topics.OVERSTAYED)).isEmpty();
            assertThat(call).isNotDone();
            bench.add("a", new Probe("updated"));
            assertThat(call.get(20, TimeUnit.SECONDS)).isEqualTo("updated");
        }
    }

    @Test
    void aSlotThatClosesSendsHomeWhoeverWaitsForAServer() throws Exception {
        Bench bench = Bench.free(LONG);
        Remote remote = away(Effect.NONE);
        bench.add("a", remote);
        Future<String> call = bench.drainers.submit(() -> bench.write("p"));
        remote.awaitAttempts(2);

        bench.slot.close();

        assertThatThrownBy(() -> call.get(20, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(ProviderUnavailableException.class);
        bench.close();
    }

    @Test
    void withoutAGraceTheReturnOfAServerIsFoundAllTheSame() throws Exception {
        try (Bench bench = Bench.free(Duration.ZERO)) {
            Remote remote = away(Effect.NONE);
            bench.add("a", remote);
            assertThatThrownBy(() -> bench.write("p")).isInstanceOf(ProviderUnavailableException.class);
            remote.away = false;
            assertThat(sooner(() -> bench.write("p"))).isEqualTo("back");
        }
    }

    /** Asks again and again, as plugins do. */
    private static String sooner(Callable<String> call) throws Exception {
        while (true) {
            try {
                return call.call();
            } catch (ProviderUnavailableException notYet) {
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void anAnswerThatIsAnErrorOfItsKindEndsTheOutage() throws Exception {
        try (Bench bench = Bench.free(LONG)) {
            Remote remote = away(Effect.NONE);
            bench.add("a", remote);
            Future<String> call = bench.drainers.submit(
                    () -> bench.plugin("p").<String, IOException>call(Access.WRITE, Bench.soon(), probe -> {
                        probe.answer();
                        throw new IOException("too much");
                    }));
            remote.awaitAttempts(2);

            remote.away = false;

            assertThatThrownBy(() -> call.get(20, TimeUnit.SECONDS)).hasCauseInstanceOf(IOException.class);
            assertThat(bench.whatOf(Topics.PROVIDER)).endsWith("returned a");
        }
    }

    @Test
    void whileSomebodyTriesWhoeverWillNotWaitGetsNoLease() throws Exception {
        try (Bench bench = Bench.free(Duration.ZERO)) {
            Remote remote = away(Effect.NONE);
            bench.add("a", remote);
            assertThatThrownBy(() -> bench.write("p")).isInstanceOf(ProviderUnavailableException.class);
            CountDownLatch trying = new CountDownLatch(1);
            CountDownLatch goOn = new CountDownLatch(1);
            remote.away = false;
            Future<String> call = bench.drainers.submit(() ->
                    sooner(() -> bench.plugin("p").call(Access.READ, Bench.soon(), probe -> {
                        trying.countDown();
                        awaitUninterrupted(goOn);
                        return probe.answer();
                    })));
            awaitUninterrupted(trying);

            assertThat(bench.plugin("q").tryLease()).isEmpty();

            goOn.countDown();
            assertThat(call.get(20, TimeUnit.SECONDS)).isEqualTo("back");
            try (Lease<Probe> lease = bench.plugin("q").tryLease().orElseThrow()) {
                assertThat(lease.provider()).isSameAs(remote);
            }
        }
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
