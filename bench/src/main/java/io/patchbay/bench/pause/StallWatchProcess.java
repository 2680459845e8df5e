// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.pause;

import io.patchbay.bench.node.NodeProcess;
import io.patchbay.bench.node.ParentProcess;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * What {@link StallWatch} has on each processor. Says each stall, begin and end as {@link System#nanoTime()}, which is one
 * clock for all processes on Linux. Ends with whoever started it.
 */
final class StallWatchProcess {
    private static final long BEAT_NANOS = TimeUnit.MICROSECONDS.toNanos(500);

    /** A stall that is shorter cannot add what the run's target is about. */
    private static final long LATE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private StallWatchProcess() {}

    /** Watches until its parent has ended. */
    public static void main(String[] arguments) {
        ParentProcess.serve(parent -> {
            Thread watch = new Thread(() -> watch(parent), "watch");
            watch.setDaemon(true);
            watch.start();
            parent.say(NodeProcess.READY);
            while (parent.hear().isPresent()) {
                // nothing is said to it
            }
        });
    }

    private static void watch(ParentProcess parent) {
        long due = System.nanoTime() + BEAT_NANOS;
        while (true) {
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            long now = System.nanoTime();
            if (now - due > LATE_NANOS) {
                try {
                    parent.say(due + " " + now);
                } catch (IOException e) {
                    return; // nobody listens any more
                }
            }
            due = now + BEAT_NANOS;
        }
    }
}
