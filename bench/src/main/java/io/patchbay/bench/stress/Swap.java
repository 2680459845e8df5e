// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.stress;

/**
 * One thing that happens to providers while plugins call.
 *
 * @param row what it is counted under
 * @param action what an operator does, on her thread
 */
record Swap(String row, Action action) {
    /** What is done; returns when it has been done, not when its effect has been seen. */
    @FunctionalInterface
    interface Action {
        void run() throws Exception;
    }
}
