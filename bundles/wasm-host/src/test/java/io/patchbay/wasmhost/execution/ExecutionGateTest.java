// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wasmhost.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.wasmhost.execution.ExecutionGate.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** DESIGN 4: concurrent executions of a plugin, and the queue before them. */
class ExecutionGateTest {
    private static final long LONG = TimeUnit.SECONDS.toNanos(30);

    private final ExecutionGate gate = new ExecutionGate();
    private final ExecutorService callers = Executors.newCachedThreadPool();

    @AfterEach
    void end() {
        callers.shutdownNow();
    }

    private void awaitWaiting(int count) {
        long end = System.nanoTime() + LONG;
        while (gate.waiting() != count) {
            assertThat(System.nanoTime()).as("waiting: " + gate.waiting()).isLessThan(end);
            Thread.onSpinWait();
        }
    }

    @Test
    void whoCameFirstIsServedFirst() throws Exception {
        assertThat(gate.enter(1, 8, 0)).isEqualTo(Entry.ENTERED);
        BlockingQueue<Integer> served = new LinkedBlockingQueue<>();
        for (int i = 0; i < 8; i++) {
            int number = i;
            callers.execute(() -> {
                if (gate.enter(1, 8, LONG) == Entry.ENTERED) {
                    served.add(number);
                }
            });
            awaitWaiting(i + 1);
        }
        for (int i = 0; i < 8; i++) {
            gate.leave();
            assertThat(served.poll(30, TimeUnit.SECONDS)).isEqualTo(i);
        }
        gate.leave();
        assertThat(gate.running()).isZero();
    }

    @Test
    void whoComesWhileOthersWaitDoesNotOvertakeThem() throws Exception {
        assertThat(gate.enter(1, 2, 0)).isEqualTo(Entry.ENTERED);
        Future<Entry> waiting = callers.submit(() -> gate.enter(1, 2, LONG));
        awaitWaiting(1);

        // A larger limit counts from the next entry on: there would be a place, and somebody who waits for it.
        assertThat(gate.enter(2, 2, 0)).isEqualTo(Entry.TIMED_OUT);

        gate.leave();
        assertThat(waiting.get(30, TimeUnit.SECONDS)).isEqualTo(Entry.ENTERED);
    }

    @Test
    void aFullQueueTakesNobodyAndOneWhoGivesUpMakesRoom() throws Exception {
        assertThat(gate.enter(1, 1, 0)).isEqualTo(Entry.ENTERED);
        Future<Entry> interrupted = callers.submit(() -> gate.enter(1, 1, LONG));
        awaitWaiting(1);
        assertThat(gate.enter(1, 1, LONG)).isEqualTo(Entry.FULL);

        interrupted.cancel(true);
        awaitWaiting(0);

        assertThat(gate.enter(1, 1, 1)).isEqualTo(Entry.TIMED_OUT);
        gate.leave();
        assertThat(gate.enter(1, 1, 0)).isEqualTo(Entry.ENTERED);
    }

    @Test
    void underLoadNoMoreRunThanMayAndNobodyIsForgotten() throws Exception {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        List<Future<Integer>> turns = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            turns.add(callers.submit(() -> {
                int entered = 0;
                for (int turn = 0; turn < 500; turn++) {
                    if (gate.enter(3, 12, LONG) == Entry.ENTERED) {
                        entered++;
                        most.accumulateAndGet(running.incrementAndGet(), Math::max);
                        running.decrementAndGet();
                        gate.leave();
                    }
                }
                return entered;
            }));
        }
        for (Future<Integer> turn : turns) {
            assertThat(turn.get(60, TimeUnit.SECONDS)).isEqualTo(500);
        }
        assertThat(most.get()).isBetween(1, 3);
        assertThat(gate.running()).isZero();
        assertThat(gate.waiting()).isZero();
    }
}
