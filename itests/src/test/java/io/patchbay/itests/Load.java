// SPDX-License-Identifier: Apache-2.0
package io.patchbay.itests;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.itests.harness.Eventually;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Callers, each on a thread of its own, that go on without pause while something is done to the node. */
final class Load {
    private static final int ROUNDS = 2;
    private static final long CALLS_SECONDS = 60;

    /** What a caller does again and again. */
    @FunctionalInterface
    interface Caller {
        /** @param number of the round, from 1 on */
        void round(int number) throws Exception;
    }

    /** What is done meanwhile. */
    @FunctionalInterface
    interface Step {
        void run() throws Exception;
    }

    private Load() {}

    /**
     * Takes the steps one after the other, and before, between and behind them lets each caller end two rounds.
     *
     * @throws Exception what a caller or a step failed with
     */
    static void during(List<Caller> callers, List<Step> steps) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(callers.size());
        List<Running> running = new ArrayList<>();
        try {
            for (Caller caller : callers) {
                running.add(Running.start(caller, threads));
            }
            for (Step step : steps) {
                awaitRounds(running);
                step.run();
            }
            awaitRounds(running);
        } finally {
            running.forEach(Running::end);
            threads.shutdown();
        }
        for (Running caller : running) {
            caller.result().get(CALLS_SECONDS, TimeUnit.SECONDS);
            assertThat(caller.rounds()).hasPositiveValue();
        }
    }

    private static void awaitRounds(List<Running> callers) {
        int[] wanted = callers.stream()
                .mapToInt(caller -> caller.rounds().get() + ROUNDS)
                .toArray();
        Eventually.holds(() -> {
            for (int i = 0; i < wanted.length; i++) {
                Running caller = callers.get(i);
                // Whoever failed is seen at the end, with what it failed with.
                if (caller.rounds().get() < wanted[i] && !caller.result().isDone()) {
                    return false;
                }
            }
            return true;
        });
    }

    /** A caller on its thread. */
    private record Running(AtomicInteger rounds, AtomicBoolean going, Future<?> result) {
        static Running start(Caller caller, ExecutorService threads) {
            AtomicInteger rounds = new AtomicInteger();
            AtomicBoolean going = new AtomicBoolean(true);
            Future<?> result = threads.submit(() -> {
                for (int number = 1; going.get(); number++) {
                    caller.round(number);
                    rounds.incrementAndGet();
                }
                return null;
            });
            return new Running(rounds, going, result);
        }

        void end() {
            going.set(false);
        }
    }
}
