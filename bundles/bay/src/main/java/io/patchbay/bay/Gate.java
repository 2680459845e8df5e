// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bay;

/** Where callers wait until something changes that may let them on. */
final class Gate {
    private long changes;

    /** The number of changes so far: read it, look, and wait for a later one, so that none is missed. */
    synchronized long changes() {
        return changes;
    }

    /** Something changed: everybody looks again. */
    synchronized void open() {
        changes++;
        notifyAll();
    }

    /** Waits for a change later than the given one, at most the given time. */
    void await(long seen, long nanos) {
        long until = System.nanoTime() + nanos;
        boolean interrupted = false;
        synchronized (this) {
            while (changes == seen) {
                long left = until - System.nanoTime();
                if (left <= 0) {
                    break;
                }
                try {
                    wait(left / 1_000_000, (int) (left % 1_000_000));
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
