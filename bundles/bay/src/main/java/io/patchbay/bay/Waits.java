// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bay;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for an end and does something now and then meanwhile: soon for the first time, then once a second. */
final class Waits {
    private static final long FIRST_MILLIS = 200;
    private static final long NEXT_MILLIS = 1_000;

    private Waits() {}

    static <R> R await(Future<R> end, Runnable beat) throws InterruptedException, ExecutionException {
        long millis = FIRST_MILLIS;
        while (true) {
            try {
                return end.get(millis, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                beat.run();
                millis = NEXT_MILLIS;
            }
        }
    }
}
