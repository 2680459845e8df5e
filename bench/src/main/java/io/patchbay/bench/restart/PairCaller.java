// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.restart;

import io.patchbay.bench.node.RelayedState;
import io.patchbay.bench.node.RelayedState.Answer;
import io.patchbay.bench.restart.Tally.Event;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Writes two keys together, reads them back, and judges the answers; all the time. Nobody else writes them. */
final class PairCaller {
    private static final long WAITED = TimeUnit.MILLISECONDS.toNanos(200);

    private final RelayedState state;
    private final Tally tally;
    private final String left;
    private final String right;
    private final Possible possible = new Possible();
    private long written;
    private volatile long turns;

    PairCaller(String name, RelayedState state, Tally tally) {
        this.state = state;
        this.tally = tally;
        left = name + "-left";
        right = name + "-right";
    }

    long turns() {
        return turns;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread calls
    void turn() {
        write();
        read();
        turns++;
    }

    private void write() {
        long number = ++written;
        String value = Long.toString(number);
        long begin = System.nanoTime();
        Answer answer = timed(begin, true, () -> state.setMany(Map.of(left, value, right, value)));
        if (answer.done()) {
            tally.acknowledged();
            possible.acknowledged(number);
        } else if (!answer.unavailable()) {
            possible.inDoubt(number);
        }
    }

    void read() {
        Answer answer = timed(System.nanoTime(), false, () -> state.getMany(List.of(left, right)));
        if (!answer.done()) {
            return;
        }
        long first = Long.parseLong(answer.values().getOrDefault(left, "0"));
        long second = Long.parseLong(answer.values().getOrDefault(right, "0"));
        if (first != second) {
            tally.wrong(Event.HALF, left + " is " + first + ", " + right + " is " + second);
        }
        String before = possible.toString();
        possible.read(first)
                .ifPresent(wrong -> tally.wrong(wrong, left + " is " + first + ", should be one of " + before));
    }

    private Answer timed(long begin, boolean writes, Supplier<Answer> call) {
        Answer answer = call.get();
        Event event = event(answer, writes && tally.wasInside(begin));
        tally.ended(event, System.nanoTime() - begin, WAITED);
        if (event == Event.FAILED) {
            long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
            tally.wrong(event, (writes ? "write" : "read") + " of " + left + " after " + took + " ms: " + answer);
        }
        return answer;
    }

    private static Event event(Answer answer, boolean mayBeInDoubt) {
        if (answer.done()) {
            return Event.DONE;
        }
        if (answer.unavailable()) {
            return Event.UNAVAILABLE;
        }
        return answer.inDoubt() && mayBeInDoubt ? Event.IN_DOUBT : Event.FAILED;
    }
}
