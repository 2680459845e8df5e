// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.pause;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * What {@link StallWatch} has on each processor. Prints each stall, begin and end as {@link System#nanoTime()}, which is one
 * clock for all processes on Linux. Ends with whoever started it.
 */
final class StallWatchProcess {
    /** The line that says that it watches from now on. */
    static final String READY = "ready";

    private static final long BEAT_NANOS = TimeUnit.MICROSECONDS.toNanos(500);

    /** A stall that is shorter cannot add what the run's target is about. */
    private static final long LATE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private StallWatchProcess() {}

    /** Watches until its input ends. */
    public static void main(String[] arguments) throws IOException {
        Thread watch = new Thread(StallWatchProcess::watch, "watch");
        watch.setDaemon(true);
        watch.start();
        System.out.println(READY);
        while (System.in.read() >= 0) {
            // nothing is said to it
        }
    }

    private static void watch() {
        long due = System.nanoTime() + BEAT_NANOS;
        while (true) {
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            long now = System.nanoTime();
            if (now - due > LATE_NANOS) {
                System.out.println(due + " " + now);
            }
            due = now + BEAT_NANOS;
        }
    }
}
