// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.stress;

/** Somebody who calls a plugin all the time and knows what the answers must be. For one thread at a time. */
interface Caller {
    String name();

    /** Makes a few calls and judges them. */
    void turn();

    /** Whether each swap is followed by a turn of this caller; else its turns straddle swaps. */
    default boolean isWaitedFor() {
        return true;
    }

    /** After the last turn: reads once more what must be there. */
    void check();
}
