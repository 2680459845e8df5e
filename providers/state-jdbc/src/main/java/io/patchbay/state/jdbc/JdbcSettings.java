// SPDX-License-Identifier: Apache-2.0
package io.patchbay.state.jdbc;

import io.patchbay.provider.ProviderException;
import java.time.Duration;

/**
 * The settings that are not about which database, checked.
 *
 * @param name the provider's
 * @param poolSize the most connections
 * @param callTimeout the longest time of one call
 */
record JdbcSettings(String name, int poolSize, Duration callTimeout) {
    private static final int MOST_CONNECTIONS = 200;
    private static final long SHORTEST_CALL = 500;
    private static final long LONGEST_CALL = 60_000;

    JdbcSettings {
        if (poolSize < 1 || poolSize > MOST_CONNECTIONS) {
            throw new ProviderException("the setting pool.size is 1 to " + MOST_CONNECTIONS + ", not " + poolSize);
        }
        long millis = callTimeout.toMillis();
        if (millis < SHORTEST_CALL || millis > LONGEST_CALL) {
            throw new ProviderException("the setting patchbay.call.timeout is " + SHORTEST_CALL + " to " + LONGEST_CALL
                    + " ms, not " + millis);
        }
    }
}
