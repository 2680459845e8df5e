// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wasmhost.wasi;

/**
 * What WASI remembers of a guest outside its memory: part of the image from which executions start (DESIGN 8).
 *
 * @param openDescriptors bit n is set while descriptor n (0 to 2) is open
 * @param randomPosition bytes taken from the fixed-seed generator so far
 * @param wallNanos what the fake wall clock answers next, nanoseconds since 1970-01-01T00:00:00Z
 * @param monotonicNanos what the monotonic clock answers next at the earliest, nanoseconds
 */
public record WasiState(int openDescriptors, long randomPosition, long wallNanos, long monotonicNanos) {
    /** Where the fake wall clock starts: 2022-01-01T00:00:00Z (contract D9). */
    static final long FAKE_EPOCH_NANOS = 1_640_995_200L * 1_000_000_000L;

    private static final int STANDARD_STREAMS = 0b111;

    /** The state of a guest that has not run: three streams open, clocks and generator at their start. */
    public static final WasiState INITIAL = new WasiState(STANDARD_STREAMS, 0, FAKE_EPOCH_NANOS, 0);
}
