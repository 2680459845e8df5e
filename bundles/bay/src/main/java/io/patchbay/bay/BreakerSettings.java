// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bay;

import java.time.Duration;
import java.util.Objects;

/**
 * When a provider that fails is left alone.
 *
 * @param failures so many of the last {@code calls} failed: the circuit opens; at least 1
 * @param calls how many calls are looked back at, at least {@code failures}
 * @param pause how long no call goes to the provider then, positive
 * @param probes so many calls must then succeed until all go to it again, at least 1
 */
record BreakerSettings(int failures, int calls, Duration pause, int probes) {
    static final BreakerSettings DEFAULT = new BreakerSettings(10, 20, Duration.ofSeconds(5), 3);

    BreakerSettings {
        Objects.requireNonNull(pause, "pause");
        if (failures < 1 || calls < failures || probes < 1) {
            throw new IllegalArgumentException("a circuit opens after 1 or more failures among at least as many calls,"
                    + " and closes after 1 or more probes: " + failures + ", " + calls + ", " + probes);
        }
        if (pause.isNegative() || pause.isZero()) {
            throw new IllegalArgumentException("the pause of a circuit is positive: " + pause);
        }
    }
}
