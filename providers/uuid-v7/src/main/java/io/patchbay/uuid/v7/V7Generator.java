// SPDX-License-Identifier: Apache-2.0
package io.patchbay.uuid.v7;

import java.security.SecureRandom;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Makes version 7 UUIDs: 48 bits of Unix milliseconds, a 12-bit counter in {@code rand_a}, 62 random bits (RFC 9562 5.7,
 * 6.2 method 1).
 *
 * <p>Strictly increasing across threads: time and counter are one 60-bit number that only grows. A new millisecond starts
 * the counter at a random value below 2,048, so that what comes next cannot be guessed; a counter that overflows, or a
 * clock that goes back, borrows the next millisecond (RFC 9562 6.2 allows both). Safe under threads, without a lock.
 */
final class V7Generator {
    private static final int COUNTER_BITS = 12;
    private static final int COUNTER_START_BOUND = 1 << (COUNTER_BITS - 1);
    private static final long VERSION_7 = 0x7000L;
    private static final long VARIANT_RFC = 0x8000_0000_0000_0000L;
    private static final long RANDOM_MASK = 0x3fff_ffff_ffff_ffffL;

    private final LongSupplier epochMillis;
    private final SecureRandom random;
    private final AtomicLong last = new AtomicLong();

    V7Generator(LongSupplier epochMillis, SecureRandom random) {
        this.epochMillis = epochMillis;
        this.random = random;
    }

    UUID next() {
        long start = (epochMillis.getAsLong() << COUNTER_BITS) | random.nextInt(COUNTER_START_BOUND);
        long stamp = last.updateAndGet(previous -> stampAfter(previous, start));
        long high = ((stamp >>> COUNTER_BITS) << 16) | VERSION_7 | (stamp & ((1 << COUNTER_BITS) - 1));
        return new UUID(high, VARIANT_RFC | (random.nextLong() & RANDOM_MASK));
    }

    private static long stampAfter(long previous, long start) {
        boolean newMillisecond = (start >>> COUNTER_BITS) > (previous >>> COUNTER_BITS);
        return newMillisecond ? start : previous + 1;
    }
}
