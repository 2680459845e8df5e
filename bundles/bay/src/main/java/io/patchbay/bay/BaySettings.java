// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bay;

import java.time.Duration;
import java.util.Objects;

/**
 * The settings of the patch bay.
 *
 * @param grace how long a call waits for a provider that is away
 * @param drain how long a leaving provider is held back for its last calls, at most {@link #MAX_DRAIN}
 * @param poolThreads threads of one provider whose calls may block, at least 1
 * @param poolQueue calls that may wait for one of them, at least 1
 * @param breaker when a provider that fails is left alone
 */
record BaySettings(Duration grace, Duration drain, int poolThreads, int poolQueue, BreakerSettings breaker) {
    /** The component runtime gives up at 5 s and deactivates the provider under its calls (DESIGN 5, measured). */
    static final Duration MAX_DRAIN = Duration.ofSeconds(4);

    static final BaySettings DEFAULT =
            new BaySettings(Duration.ofSeconds(2), Duration.ofSeconds(3), 16, 256, BreakerSettings.DEFAULT);

    BaySettings {
        Objects.requireNonNull(grace, "grace");
        Objects.requireNonNull(drain, "drain");
        Objects.requireNonNull(breaker, "breaker");
        if (grace.isNegative()) {
            throw new IllegalArgumentException("the grace time is not negative: " + grace.toMillis() + " ms");
        }
        if (drain.isNegative() || drain.compareTo(MAX_DRAIN) > 0) {
            throw new IllegalArgumentException("the drain time is 0 to " + MAX_DRAIN.toMillis()
                    + " ms, for the component runtime gives up soon after: " + drain.toMillis() + " ms");
        }
        if (poolThreads < 1 || poolQueue < 1) {
            throw new IllegalArgumentException(
                    "a pool has at least one thread and one place to wait: " + poolThreads + ", " + poolQueue);
        }
    }
}
