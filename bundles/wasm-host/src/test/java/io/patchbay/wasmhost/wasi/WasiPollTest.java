// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wasmhost.wasi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.dylibso.chicory.runtime.ByteArrayMemory;
import com.dylibso.chicory.runtime.Memory;
import com.dylibso.chicory.wasm.types.MemoryLimits;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** {@code poll_oneoff}: what is due, what is waited for, and what a guest cannot make it do. */
class WasiPollTest {
    private static final int IN = 0;
    private static final int OUT = 10_000;
    private static final int RESULT = 20_000;
    private static final long SECOND = 1_000_000_000L;

    private final Memory memory = new ByteArrayMemory(new MemoryLimits(1, 1));
    private final AtomicLong nanoTime = new AtomicLong();
    private final Wasi wasi = new Wasi(WasiState.INITIAL, nanoTime::get);

    WasiPollTest() {
        wasi.begin(WasiEnvironment.closed(() -> {}, 1_000));
    }

    private int poll(int count) {
        return (int) wasi.call(WasiFunction.POLL_ONEOFF, memory, IN, OUT, count, RESULT)[0];
    }

    private void clock(int index, int clock, long timeout, boolean absolute) {
        int subscription = IN + index * 48;
        memory.writeLong(subscription, 1_000 + index);
        memory.writeByte(subscription + 8, (byte) 0);
        memory.writeI32(subscription + 16, clock);
        memory.writeLong(subscription + 24, timeout);
        memory.writeShort(subscription + 40, (short) (absolute ? 1 : 0));
    }

    private void descriptor(int index, int type, int fd) {
        int subscription = IN + index * 48;
        memory.writeLong(subscription, 1_000 + index);
        memory.writeByte(subscription + 8, (byte) type);
        memory.writeI32(subscription + 16, fd);
    }

    private long userData(int event) {
        return memory.readLong(OUT + event * 32);
    }

    private int errno(int event) {
        return memory.readShort(OUT + event * 32 + 8);
    }

    @Test
    void withoutTheGrantTheFakeClocksMoveOnByTheTimeoutAndNothingWaits() {
        clock(0, WasiClocks.MONOTONIC, 3_600 * SECOND, false);
        assertThat(poll(1)).isZero();
        assertThat(memory.readInt(RESULT)).isEqualTo(1);
        assertThat(userData(0)).isEqualTo(1_000);
        assertThat(errno(0)).isZero();
        assertThat(wasi.capture().monotonicNanos()).isEqualTo(3_600 * SECOND);
        assertThat(wasi.capture().wallNanos()).isEqualTo(WasiState.FAKE_EPOCH_NANOS + 3_600 * SECOND);
    }

    @Test
    void aTimeoutForEverDoesNotTurnTheFakeClockBack() {
        clock(0, WasiClocks.REALTIME, -1, false);
        assertThat(poll(1)).isZero();
        assertThat(poll(1)).isZero();
        assertThat(wasi.capture().wallNanos()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void onlyTheSoonestTimersAreReported() {
        clock(0, WasiClocks.MONOTONIC, 2 * SECOND, false);
        clock(1, WasiClocks.MONOTONIC, SECOND, true);
        clock(2, WasiClocks.REALTIME, WasiState.FAKE_EPOCH_NANOS + SECOND, true);
        assertThat(poll(3)).isZero();
        assertThat(memory.readInt(RESULT)).isEqualTo(2);
        assertThat(userData(0)).isEqualTo(1_001);
        assertThat(userData(1)).isEqualTo(1_002);
    }

    @Test
    void aReadyDescriptorWinsOverATimer() {
        clock(0, WasiClocks.MONOTONIC, SECOND, false);
        descriptor(1, 2, 1);
        descriptor(2, 1, 0);
        descriptor(3, 1, 7);
        descriptor(4, 2, 0);
        assertThat(poll(5)).isZero();
        assertThat(memory.readInt(RESULT)).isEqualTo(4);
        assertThat(errno(0)).isZero();
        assertThat(memory.readShort(OUT + 32 + 24)).as("end of input").isEqualTo((short) 1);
        assertThat(errno(2)).isEqualTo(WasiErrno.BADF);
        assertThat(errno(3)).isEqualTo(WasiErrno.BADF);
        assertThat(wasi.capture().monotonicNanos()).isZero();
    }

    @Test
    void subscriptionsAreAtMostSixtyFourAndInsideMemory() {
        assertThat(poll(0)).isEqualTo(WasiErrno.INVAL);
        assertThat(poll(65)).isEqualTo(WasiErrno.INVAL);
        assertThat(poll(-1)).isEqualTo(WasiErrno.INVAL);
        assertThat((int) wasi.call(WasiFunction.POLL_ONEOFF, memory, 65_536 - 47, OUT, 1, RESULT)[0])
                .isEqualTo(WasiErrno.FAULT);
        assertThat((int) wasi.call(WasiFunction.POLL_ONEOFF, memory, IN, -32, 1, RESULT)[0])
                .isEqualTo(WasiErrno.FAULT);
        descriptor(0, 3, 0);
        assertThat(poll(1)).isEqualTo(WasiErrno.INVAL);
        clock(0, 2, 1, false);
        assertThat(poll(1)).isZero();
        assertThat(errno(0)).isEqualTo(WasiErrno.INVAL);
    }

    /** The deadline moves the clock, so the test needs no real time to pass. */
    @Test
    void withTheGrantItWaitsInSlicesThatLookAtTheDeadline() {
        AtomicLong checks = new AtomicLong();
        grant(() -> {
            checks.incrementAndGet();
            nanoTime.addAndGet(10_000_000);
        });
        clock(0, WasiClocks.MONOTONIC, 30_000_000, false);
        assertThat(poll(1)).isZero();
        assertThat(memory.readInt(RESULT)).isEqualTo(1);
        assertThat(checks.get()).isEqualTo(5);
    }

    @Test
    void withTheGrantAWaitEndsAtTheDeadline() {
        grant(() -> {
            if (nanoTime.addAndGet(10_000_000) > 50_000_000) {
                throw new IllegalStateException("deadline");
            }
        });
        clock(0, WasiClocks.MONOTONIC, -1, false);
        assertThatThrownBy(() -> poll(1)).hasMessage("deadline");
    }

    private void grant(Deadline deadline) {
        wasi.end();
        wasi.begin(new WasiEnvironment(
                Optional.of(() -> OptionalLong.of(1)), Optional.empty(), StdStreams.DISCARD, deadline, 1_000));
    }
}
