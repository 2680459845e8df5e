// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bay;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.hostservice.Lease;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The counting of leases: no retirement overtakes one, whichever threads take it and give it back. */
class GenerationTest {
    private static final int ROUNDS = 5_000;
    private static final int FEW = 20;
    private static final int TAKERS = 2;
    private static final int LOOKS = 300;

    private final Bench bench = Bench.free(Duration.ofSeconds(30));

    @AfterEach
    void close() {
        bench.close();
    }

    private Generation<Probe> generation() {
        Candidate<Probe> candidate = new Candidate<>("probe", Bench.traits(1, "a", Map.of()), null, bench.bay.parts());
        return new Generation<>(candidate, new Probe("one"), bench.bay.parts().held(), true);
    }

    /** What the takers work on. */
    private static final class Round {
        final Generation<Probe> generation;
        volatile boolean gone;

        Round(Generation<Probe> generation) {
            this.generation = generation;
        }

        /** Whether the provider goes while it is used: looks for about as long as a retirement takes. */
        boolean goesMeanwhile() {
            for (int i = 0; i < LOOKS; i++) {
                if (gone) {
                    return true;
                }
            }
            return false;
        }
    }

    private volatile @Nullable Round round;

    @Test
    void noRetirementOvertakesALease() throws Exception {
        LongAdder overtaken = new LongAdder();
        race(() -> {
            Round now = round;
            long[] own = now == null ? null : now.generation.take();
            if (own != null) {
                if (now.goesMeanwhile()) {
                    overtaken.increment();
                }
                now.generation.giveBack(own);
            }
            return null;
        });
        assertThat(overtaken.sum()).isZero();
    }

    @Test
    void noRetirementOvertakesALeaseOnItsWayToAnotherThread() throws Exception {
        LongAdder overtaken = new LongAdder();
        LongAdder adopted = new LongAdder();
        SynchronousQueue<Round> lent = new SynchronousQueue<>();
        ExecutorService pool = Executors.newSingleThreadExecutor();
        Future<?> adopting = pool.submit(() -> {
            while (!Thread.currentThread().isInterrupted()) {
                Round mine = lent.take();
                long[] own = mine.generation.adopt();
                if (mine.goesMeanwhile()) {
                    overtaken.increment();
                }
                mine.generation.giveBack(own);
                adopted.increment();
            }
            return null;
        });
        race(() -> {
            Round now = round;
            long[] own = now == null ? null : now.generation.take();
            if (own != null && now.generation.lend(own) && !lent.offer(now, 1, TimeUnit.MILLISECONDS)) {
                if (now.goesMeanwhile()) {
                    overtaken.increment();
                }
                now.generation.withdraw();
            }
            return null;
        });
        assertThat(adopting.isDone()).isFalse();
        pool.shutdownNow();
        assertThat(overtaken.sum()).isZero();
        assertThat(adopted.sum()).isPositive();
    }

    /** Retires generation after generation under threads that do a step again and again. */
    private void race(Callable<?> step) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(TAKERS);
        List<Future<?>> takers = new ArrayList<>();
        round = new Round(generation());
        for (int i = 0; i < TAKERS; i++) {
            takers.add(threads.submit(() -> {
                while (round != null) {
                    step.call();
                }
                return null;
            }));
        }
        // Quick on a quiet machine; on a busy one threads that never wait take turns of milliseconds.
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
        for (int i = 0; i < ROUNDS && (i < FEW || System.nanoTime() - end < 0); i++) {
            Round old = round;
            while (old.generation.taken() < 2) {
                Thread.onSpinWait();
            }
            round = new Round(generation());
            old.generation.retire();
            assertThat(old.generation.awaitDrained(0, Optional.empty())).isZero();
            old.gone = true;
            assertThat(old.generation.drained()).isTrue();
        }
        round = null;
        for (Future<?> taker : takers) {
            taker.get(20, TimeUnit.SECONDS);
        }
        threads.shutdown();
    }

    @Test
    void aThreadKnowsItsLeasesOnAnyNumberOfGenerations() {
        List<Generation<Probe>> all = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            all.add(generation());
        }
        for (int turn = 0; turn < 2; turn++) {
            all.forEach(generation -> assertThat(generation.take()).isNotNull());
        }
        assertThat(all).allSatisfy(generation -> {
            assertThat(generation.inFlight()).isEqualTo(2);
            assertThat(generation.heldHere()).isEqualTo(2);
        });

        all.forEach(Lease::close);
        all.forEach(Generation::retire);
        assertThat(all).noneMatch(Generation::drained);
        all.forEach(Lease::close);

        assertThat(all).allMatch(Generation::drained).allSatisfy(generation -> {
            assertThat(generation.taken()).isEqualTo(2);
            assertThat(generation.take()).isNull();
        });
    }

    @Test
    void whatThreadsTookThatHaveEndedStillCounts() throws Exception {
        Generation<Probe> generation = generation();
        for (int i = 0; i < 200; i++) {
            boolean open = i == 0;
            Thread thread = new Thread(() -> {
                long[] own = generation.take();
                if (own != null && !open) {
                    generation.giveBack(own);
                }
            });
            thread.start();
            thread.join();
        }
        assertThat(generation.taken()).isEqualTo(200);
        assertThat(generation.inFlight()).isEqualTo(1);

        generation.retire();
        assertThat(generation.drained()).isFalse();
        generation.close();

        assertThat(generation.drained()).isTrue();
    }

    @Test
    void aLeaseClosedByAnotherThreadIsNotTakenForOneThatIsHeldHere() throws Exception {
        Generation<Probe> generation = generation();
        generation.take();
        Thread thread = new Thread(generation::close);
        thread.start();
        thread.join();

        assertThat(generation.heldHere()).isZero();
        assertThat(generation.inFlight()).isZero();
    }
}
