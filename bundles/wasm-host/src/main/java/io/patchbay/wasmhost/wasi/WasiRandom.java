// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wasmhost.wasi;

import com.dylibso.chicory.runtime.Memory;
import java.util.Optional;

/**
 * Randomness of a guest: secure bytes, or a sequence that is the same in every execution (contract D9).
 *
 * <p>The sequence is SplitMix64 over a counter, so that a position in it is one number: byte n is byte n mod 8, lowest
 * first, of the mixed word n / 8.
 */
final class WasiRandom {
    private static final int STEP_BYTES = 4_096;
    private static final long SEED = 42;
    private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

    private long position;

    long position() {
        return position;
    }

    void restore(long randomPosition) {
        position = randomPosition;
    }

    int get(Memory memory, int pointer, int length, WasiEnvironment environment) {
        long count = Integer.toUnsignedLong(length);
        if (!GuestRange.isInside(memory, pointer, count)) {
            return WasiErrno.FAULT;
        }
        Optional<RandomSource> secure = environment.random();
        byte[] step = new byte[(int) Math.min(STEP_BYTES, count)]; // most executions never ask
        for (long done = 0; done < count; done += STEP_BYTES) {
            environment.deadline().check();
            int taken = (int) Math.min(STEP_BYTES, count - done);
            if (secure.isPresent()) {
                secure.get().fill(step, taken);
            } else {
                fillFixed(step, taken);
            }
            memory.write((int) (Integer.toUnsignedLong(pointer) + done), step, 0, taken);
        }
        return WasiErrno.SUCCESS;
    }

    private void fillFixed(byte[] step, int count) {
        for (int i = 0; i < count; i++) {
            step[i] = (byte) (word(position >>> 3) >>> ((position & 7) << 3));
            position++;
        }
    }

    private static long word(long index) {
        long z = SEED + (index + 1) * GOLDEN_GAMMA;
        z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
        z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
        return z ^ z >>> 31;
    }
}
