// SPDX-License-Identifier: Apache-2.0
package io.patchbay.uuid.guid;

import java.security.SecureRandom;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Makes the 32 characters of {@code [0-9a-z]} that LinaPro's plugins know (contract 4.3): 7 for the machine, 4 for the
 * process, 12 for the time in nanoseconds, 3 for a sequence and 6 at random, each a base-36 number.
 *
 * <p>Where LinaPro writes a hash of the machine's network addresses there is a random number here, drawn once: an
 * identifier tells a plugin nothing about the machine (DESIGN 10, 6). The time only grows, by borrowing the next nanosecond
 * when the clock stands or goes back, so identifiers grow across threads. Safe under threads, without a lock.
 */
final class GuidGenerator {
    private static final int RADIX = 36;
    private static final int MACHINE = 7;
    private static final int PROCESS = 4;
    private static final int TIME = 12;
    private static final int SEQUENCE = 3;
    private static final int RANDOM = 6;
    private static final int SEQUENCE_BOUND = RADIX * RADIX * RADIX;
    private static final long MACHINE_BOUND = 78_364_164_096L; // 36^7
    private static final int RANDOM_BOUND = 2_147_483_647; // less than 36^6 = 2,176,782,336
    private static final int PROCESS_BOUND = 1_679_616; // 36^4

    private final LongSupplier epochNanos;
    private final SecureRandom random;
    private final AtomicInteger sequence = new AtomicInteger();
    private final AtomicLong last = new AtomicLong();
    private final String origin;

    GuidGenerator(LongSupplier epochNanos, SecureRandom random) {
        this.epochNanos = epochNanos;
        this.random = random;
        origin = digits(random.nextLong(MACHINE_BOUND), MACHINE) + digits(random.nextInt(PROCESS_BOUND), PROCESS);
    }

    String next() {
        int number = sequence.getAndUpdate(given -> (given + 1) % SEQUENCE_BOUND);
        long now = epochNanos.getAsLong();
        long time = last.updateAndGet(previous -> Math.max(previous + 1, now));
        return origin + digits(time, TIME) + digits(number, SEQUENCE) + digits(random.nextInt(RANDOM_BOUND), RANDOM);
    }

    private static String digits(long number, int width) {
        String digits = Long.toString(number, RADIX).toLowerCase(Locale.ROOT);
        return "0".repeat(width - digits.length()) + digits;
    }
}
