// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.pause;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Paced callers, each on a thread of its own, in groups that are looked at apart. */
final class Callers implements AutoCloseable {
    private static final long LIMIT_SECONDS = 60;
    private static final long LEAD_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Future<Long>> running = new ArrayList<>();
    private final List<PacedCaller> all = new ArrayList<>();

    /**
     * Starts callers whose calls are due one after the other.
     *
     * @param perSecond calls of all of them together
     */
    List<PacedCaller> start(List<PacedCaller.Step> steps, int perSecond) {
        long beat = TimeUnit.SECONDS.toNanos(steps.size()) / perSecond;
        long start = System.nanoTime() + LEAD_NANOS;
        List<PacedCaller> group = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            group.add(new PacedCaller(steps.get(i), start + i * beat / steps.size(), beat));
        }
        for (PacedCaller caller : group) {
            all.add(caller);
            running.add(threads.submit(caller));
        }
        return group;
    }

    /** Throws what a caller threw, if one has ended already. */
    void check() throws Exception {
        for (Future<Long> caller : running) {
            if (caller.isDone()) {
                caller.get();
            }
        }
    }

    /**
     * Ends all.
     *
     * @return how many calls they made
     */
    long end() throws Exception {
        all.forEach(PacedCaller::end);
        long calls = 0;
        for (Future<Long> caller : running) {
            calls += caller.get(LIMIT_SECONDS, TimeUnit.SECONDS);
        }
        return calls;
    }

    /** The durations of the calls of a group of which a condition holds. */
    static Latencies latencies(List<PacedCaller> group, PacedCaller.Condition condition) {
        return Latencies.of(
                group.stream().flatMapToLong(caller -> caller.where(condition).mapToLong(caller::nanosOf)));
    }

    @Override
    public void close() {
        all.forEach(PacedCaller::end);
        threads.shutdown();
    }
}
