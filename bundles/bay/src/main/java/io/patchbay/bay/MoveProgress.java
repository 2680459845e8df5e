// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bay;

import java.util.OptionalLong;

/** How far a running move is. Written by the thread that moves, read by anybody. */
final class MoveProgress {
    private final long startNanos = System.nanoTime();
    private volatile long keys;
    private volatile long bytes;
    private volatile long read;
    private volatile long heldNanos;
    private volatile String digest = "";
    private volatile Step step = Step.BEGINNING;

    /** What a move does now. */
    enum Step {
        /** It waits for calls that began before it. */
        BEGINNING,
        /** It copies everything once. */
        COPYING,
        /** It compares everything once more. */
        COMPARING,
        /** It copies again what was written meanwhile. */
        CATCHING_UP,
        /** The plugin's writes wait while the last ones are copied and both sides are compared. */
        HOLDING,
        /** It records the new owner. */
        HANDING_OVER
    }

    void step(Step next) {
        step = next;
    }

    Step step() {
        return step;
    }

    /** What there is to copy, as counted now. */
    void expect(long allKeys, long allBytes) {
        keys = allKeys;
        bytes = allBytes;
    }

    /** One more key was read, in the copy or in the verification after it. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
    void advance() {
        read++;
    }

    /** Writes were held for so long. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
    void held(long nanos) {
        heldNanos += nanos;
    }

    void verified(ContentTally content) {
        keys = content.keys();
        bytes = content.bytes();
        digest = content.digest();
    }

    long keys() {
        return keys;
    }

    long bytes() {
        return bytes;
    }

    long keysDone() {
        return Math.min(read, keys);
    }

    long heldMillis() {
        return Math.round(heldNanos / 1e6);
    }

    String digest() {
        return digest;
    }

    long elapsedMillis() {
        return (System.nanoTime() - startNanos) / 1_000_000;
    }

    /** What is left at the speed so far: everything is read twice, to copy and to verify. */
    OptionalLong remainingMillis() {
        long done = read;
        if (done == 0) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(Math.round((double) elapsedMillis() / done * Math.max(0, 2 * keys - done)));
    }
}
