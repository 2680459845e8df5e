// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.nodes;

import io.patchbay.bench.node.RelayedState;
import io.patchbay.bench.node.RelayedState.Answer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** One node's share of filling a scope up to its quota, to the last key or byte, while the other does the same. */
final class QuotaRace {
    private static final int THREADS = 4;
    private static final int FIRST_STEP = 700;

    private final int number;
    private final RelayedState counted;
    private final RelayedState weighed;
    private final List<String> keys = new ArrayList<>();

    /** How many bytes the value of each thread's own key has; -1 while the key is not there. */
    private final int[] lengths = new int[THREADS];

    private long names;

    QuotaRace(int number, RelayedState counted, RelayedState weighed) {
        this.number = number;
        this.counted = counted;
        this.weighed = weighed;
        Arrays.fill(lengths, -1);
    }

    /** One thread's share; gives what was accepted. */
    private interface Share {
        long run(int thread);
    }

    /** Writes new keys until the quota stands against each thread: keys accepted. */
    String fillKeys() throws Exception {
        return String.valueOf(sum(this::addKeys));
    }

    private long sum(Share share) throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<Long>> running = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                int thread = i;
                running.add(threads.submit(() -> share.run(thread)));
            }
            long sum = 0;
            for (Future<Long> part : running) {
                sum += part.get();
            }
            return sum;
        } finally {
            threads.shutdownNow();
        }
    }

    private long addKeys(int thread) {
        long accepted = 0;
        while (true) {
            String key = nextKey();
            if (!accepted(counted.set(key, "v"))) {
                return accepted;
            }
            accepted++;
            synchronized (keys) {
                keys.add(key);
            }
        }
    }

    private String nextKey() {
        synchronized (keys) {
            return "n" + number + "-" + names++;
        }
    }

    /** Removes some of the keys that this node wrote: keys removed. */
    String freeKeys(int most) {
        List<String> gone;
        synchronized (keys) {
            gone = List.copyOf(keys.subList(0, Math.min(most, keys.size())));
            keys.removeAll(gone);
        }
        if (!gone.isEmpty()) {
            must(counted.deleteMany(gone));
        }
        return String.valueOf(gone.size());
    }

    /** Lengthens the values of this node's keys until not one byte more is accepted: bytes accepted. */
    String fillBytes() throws Exception {
        return String.valueOf(sum(this::lengthen));
    }

    private long lengthen(int thread) {
        String key = "n" + number + "-" + thread;
        long accepted = 0;
        int step = FIRST_STEP;
        while (step > 0) {
            int length = lengths[thread];
            // A key that is new takes its own bytes too.
            int longer = Math.max(0, length) + (length < 0 ? Math.max(0, step - key.length()) : step);
            if (accepted(weighed.set(key, "v".repeat(longer)))) {
                accepted += length < 0 ? key.length() + longer : longer - length;
                lengths[thread] = longer;
            } else {
                step /= 2;
            }
        }
        return accepted;
    }

    /** Shortens the values of this node's keys: bytes given back. */
    String freeBytes(int most) {
        int freed = 0;
        for (int thread = 0; thread < THREADS && freed < most; thread++) {
            int less = Math.min(most - freed, Math.max(0, lengths[thread]));
            if (less > 0) {
                must(weighed.set("n" + number + "-" + thread, "v".repeat(lengths[thread] - less)));
                lengths[thread] -= less;
                freed += less;
            }
        }
        return String.valueOf(freed);
    }

    private static boolean accepted(Answer answer) {
        if (answer.overQuota()) {
            return false;
        }
        must(answer);
        return true;
    }

    private static void must(Answer answer) {
        if (!answer.done()) {
            throw new AssertionError("a write within the quota failed: " + answer);
        }
    }
}
