// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wasmhost.wasi;

import java.util.Objects;
import java.util.Optional;

/**
 * What one execution lets WASI do.
 *
 * @param clock real time; empty gives the fake clock: {@code info.now} is not granted
 * @param random secure randomness; empty gives the fixed-seed generator: {@code info.uuid} is not granted
 * @param streams where printed lines go, not null
 * @param deadline ends the guest when it has passed, not null
 * @param callLimit how many WASI calls the execution may make; the next one ends it
 */
public record WasiEnvironment(
        Optional<WallClock> clock,
        Optional<RandomSource> random,
        StdStreams streams,
        Deadline deadline,
        long callLimit) {
    /** Checks the components. */
    public WasiEnvironment {
        Objects.requireNonNull(clock, "clock");
        Objects.requireNonNull(random, "random");
        Objects.requireNonNull(streams, "streams");
        Objects.requireNonNull(deadline, "deadline");
    }

    /**
     * An environment that tells nothing: fake clock, fixed seed, no output.
     *
     * @param deadline ends the guest when it has passed, not null
     * @param callLimit how many WASI calls may be made
     * @return never null
     */
    public static WasiEnvironment closed(Deadline deadline, long callLimit) {
        return new WasiEnvironment(Optional.empty(), Optional.empty(), StdStreams.DISCARD, deadline, callLimit);
    }
}
