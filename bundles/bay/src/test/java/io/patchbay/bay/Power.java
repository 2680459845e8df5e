// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bay;

/** Counts steps of everything durable, and goes off after a given one: what is tried later fails like a dead process. */
final class Power {
    /** What everything durable throws then. */
    static final class Off extends Error {
        private static final long serialVersionUID = 1L;
    }

    private long left = Long.MAX_VALUE;
    private long steps;

    synchronized void offAfter(long more) {
        left = more;
    }

    synchronized void on() {
        left = Long.MAX_VALUE;
    }

    synchronized void step() {
        if (left == 0) {
            throw new Off();
        }
        left--;
        steps++;
    }

    synchronized long steps() {
        return steps;
    }

    synchronized boolean isOff() {
        return left == 0;
    }
}
