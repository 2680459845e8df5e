// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wasmhost.wasi;

import com.dylibso.chicory.runtime.Memory;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * The two clocks of a guest, real or fake as its grants say (contract D9).
 *
 * <p>The fake clocks move 1 ms per read; a wait moves both and returns at once. With the clock granted, wall time is the
 * provider's, and monotonic time is the image's plus what the host's own nanosecond clock counted since the execution
 * began.
 */
final class WasiClocks {
    static final int REALTIME = 0;
    static final int MONOTONIC = 1;

    private static final long READ_STEP_NANOS = 1_000_000;
    private static final long MILLISECOND_NANOS = 1_000_000;
    private static final long WAIT_SLICE_NANOS = 5_000_000;

    private final LongSupplier nanoTime;
    private long wallNanos;
    private long monotonicNanos;
    private long began;

    WasiClocks(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    void restore(long wall, long monotonic) {
        wallNanos = wall;
        monotonicNanos = monotonic;
    }

    /** Starts the host's count for the execution that begins now. */
    void begin() {
        began = nanoTime.getAsLong();
    }

    /** Keeps where the monotonic clock stands, so that a later execution of the same state never sees it go back. */
    void end(WasiEnvironment environment) {
        monotonicNanos = monotonicNow(environment);
    }

    long wallNanos() {
        return wallNanos;
    }

    long monotonicNanos() {
        return monotonicNanos;
    }

    int time(Memory memory, int clock, int pointer, WasiEnvironment environment) {
        if (clock != REALTIME && clock != MONOTONIC) {
            return WasiErrno.INVAL;
        }
        if (!GuestRange.isInside(memory, pointer, Long.BYTES)) {
            return WasiErrno.FAULT;
        }
        OptionalLong now = now(clock, environment);
        if (now.isEmpty()) {
            return WasiErrno.IO;
        }
        memory.writeLong(pointer, now.getAsLong());
        if (environment.clock().isEmpty()) {
            step(clock);
        }
        return WasiErrno.SUCCESS;
    }

    int resolution(Memory memory, int clock, int pointer, WasiEnvironment environment) {
        if (clock != REALTIME && clock != MONOTONIC) {
            return WasiErrno.INVAL;
        }
        if (!GuestRange.isInside(memory, pointer, Long.BYTES)) {
            return WasiErrno.FAULT;
        }
        boolean exact = clock == MONOTONIC && environment.clock().isPresent();
        memory.writeLong(pointer, exact ? 1 : MILLISECOND_NANOS);
        return WasiErrno.SUCCESS;
    }

    /** Reads a clock without moving it; empty when no clock provider answered. */
    OptionalLong now(int clock, WasiEnvironment environment) {
        if (clock == MONOTONIC) {
            return OptionalLong.of(monotonicNow(environment));
        }
        if (environment.clock().isEmpty()) {
            return OptionalLong.of(wallNanos);
        }
        OptionalLong millis = environment.clock().get().unixMillis();
        return millis.isEmpty() ? millis : OptionalLong.of(millis.getAsLong() * MILLISECOND_NANOS);
    }

    /** Waits, at most to the deadline, looking at it in every slice; the fake clocks are moved on instead. */
    void pass(long nanos, WasiEnvironment environment) {
        if (environment.clock().isEmpty()) {
            wallNanos = saturatedSum(wallNanos, nanos);
            monotonicNanos = saturatedSum(monotonicNanos, nanos);
            return;
        }
        long start = nanoTime.getAsLong();
        for (long waited = 0; waited < nanos; waited = nanoTime.getAsLong() - start) {
            environment.deadline().check();
            LockSupport.parkNanos(this, Math.min(WAIT_SLICE_NANOS, nanos - waited));
        }
        environment.deadline().check();
    }

    private long monotonicNow(WasiEnvironment environment) {
        if (environment.clock().isEmpty()) {
            return monotonicNanos;
        }
        return saturatedSum(monotonicNanos, Math.max(0, nanoTime.getAsLong() - began));
    }

    private void step(int clock) {
        if (clock == REALTIME) {
            wallNanos = saturatedSum(wallNanos, READ_STEP_NANOS);
        } else {
            monotonicNanos = saturatedSum(monotonicNanos, READ_STEP_NANOS);
        }
    }

    /** The sum of two numbers that are not negative. */
    private static long saturatedSum(long a, long b) {
        long sum = a + b;
        return sum < 0 ? Long.MAX_VALUE : sum;
    }
}
