// SPDX-License-Identifier: Apache-2.0
package io.patchbay.provider.clock;

import io.patchbay.provider.Provider;
import org.osgi.annotation.versioning.ConsumerType;

/** Tells plugins the time. Called on guests' threads, concurrently, and expected to answer within microseconds. */
@ConsumerType
public interface ClockProvider extends Provider {
    /** The kind's name. */
    String KIND = "clock";

    /**
     * Reads the clock.
     *
     * @return milliseconds since 1970-01-01T00:00:00Z (contract 4.3)
     */
    long epochMillis();
}
