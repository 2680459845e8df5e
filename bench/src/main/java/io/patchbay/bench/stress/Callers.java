// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.stress;

import io.patchbay.itests.harness.Eventually;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Callers on a thread each, turn after turn. */
final class Callers implements AutoCloseable {
    private static final Duration GOES_ON = Duration.ofSeconds(60);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Running> running = new ArrayList<>();
    private volatile boolean ended;

    private record Running(Caller caller, AtomicLong turns, Future<?> future) {}

    Callers(List<? extends Caller> callers) {
        for (Caller caller : callers) {
            AtomicLong turns = new AtomicLong();
            running.add(new Running(caller, turns, threads.submit(() -> callAllTheTime(caller, turns))));
        }
    }

    private void callAllTheTime(Caller caller, AtomicLong turns) {
        while (!ended) {
            caller.turn();
            turns.incrementAndGet();
        }
    }

    /** Waits until each caller has ended a turn, so that no swap goes by without calls. */
    void awaitTurns() throws Exception {
        Map<Running, Long> seen = new LinkedHashMap<>();
        running.forEach(each -> seen.put(each, each.turns().get()));
        for (Running each : running) {
            if (each.caller().isWaitedFor()) {
                awaitTurn(each, seen.getOrDefault(each, 0L));
            }
            if (each.future().isDone()) {
                each.future().get();
            }
        }
    }

    private static void awaitTurn(Running caller, long seen) {
        try {
            Eventually.holds(
                    GOES_ON,
                    () -> caller.turns().get() > seen || caller.future().isDone());
        } catch (AssertionError e) {
            throw new AssertionError("caller " + caller.caller().name() + " does not go on" + threadDump(), e);
        }
    }

    /** Where every thread of this process is. */
    static String threadDump() {
        StringBuilder text = new StringBuilder();
        for (Map.Entry<Thread, StackTraceElement[]> entry :
                Thread.getAllStackTraces().entrySet()) {
            text.append(System.lineSeparator()).append(entry.getKey());
            for (StackTraceElement frame : entry.getValue()) {
                text.append(System.lineSeparator()).append("    at ").append(frame);
            }
        }
        return text.toString();
    }

    /** Ends every caller after its turn, and has each look at what must be there. */
    void end() throws Exception {
        ended = true;
        for (Running each : running) {
            each.future().get(GOES_ON.toMillis(), TimeUnit.MILLISECONDS);
            each.caller().check();
        }
    }

    /** Lets the last turns end; an interrupt would end their executions. */
    @Override
    public void close() {
        ended = true;
        threads.shutdown();
        try {
            threads.awaitTermination(GOES_ON.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
