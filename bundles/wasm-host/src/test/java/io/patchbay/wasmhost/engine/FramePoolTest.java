// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wasmhost.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class FramePoolTest {
    private static final int THREADS = 8;
    private static final int ROUNDS = 2_000;

    @Test
    void aFrameThatWasGivenBackIsTheNextOneAndHoldsZeros() {
        FramePool pool = new FramePool(2);
        byte[] frame = pool.zeros();
        Arrays.fill(frame, (byte) 0x5A);
        pool.giveBack(frame);

        byte[] next = pool.zeros();

        assertThat(next).isSameAs(frame).containsOnly(0);
        assertThat(pool.kept()).isZero();
    }

    @Test
    void aCopyIsTheOriginalsWholeContentInAFrameOfItsOwn() {
        FramePool pool = new FramePool(1);
        byte[] used = pool.zeros();
        Arrays.fill(used, (byte) 1);
        pool.giveBack(used);
        byte[] original = new byte[GuestMemory.FRAME_SIZE];
        original[GuestMemory.FRAME_SIZE - 1] = 7;

        byte[] kept = pool.copy(original);
        byte[] fresh = pool.copy(original);

        assertThat(kept).isSameAs(used).isEqualTo(original);
        assertThat(fresh).isNotSameAs(original).isEqualTo(original);
    }

    @Test
    void whatDoesNotFitIsLeftToTheCollector() {
        FramePool pool = new FramePool(1);
        pool.giveBack(new byte[GuestMemory.FRAME_SIZE]);
        pool.giveBack(new byte[GuestMemory.FRAME_SIZE]);

        assertThat(pool.kept()).isEqualTo(1);
        assertThatThrownBy(() -> new FramePool(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void noTwoThreadsHaveOneFrameAndNobodyFindsWhatAnotherWrote() throws Exception {
        FramePool pool = new FramePool(THREADS / 2);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Callable<Boolean>> users = new ArrayList<>();
            for (int user = 1; user <= THREADS; user++) {
                byte mark = (byte) user;
                users.add(() -> use(pool, mark));
            }
            for (Future<Boolean> clean : threads.invokeAll(users)) {
                assertThat(clean.get()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(pool.kept()).isBetween(1, THREADS / 2);
    }

    private static boolean use(FramePool pool, byte mark) {
        byte[] marked = new byte[GuestMemory.FRAME_SIZE];
        Arrays.fill(marked, mark);
        for (int round = 0; round < ROUNDS; round++) {
            byte[] frame = pool.zeros();
            if (!Arrays.equals(frame, GuestMemory.ZEROS)) {
                return false;
            }
            Arrays.fill(frame, mark);
            if (!Arrays.equals(frame, marked)) {
                return false;
            }
            pool.giveBack(frame);
        }
        return true;
    }
}
