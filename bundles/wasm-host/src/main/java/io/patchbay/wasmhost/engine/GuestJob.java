// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wasmhost.engine;

/**
 * What runs on a guest thread: one execution from instance to answer.
 *
 * @param <T> the answer
 */
@FunctionalInterface
public interface GuestJob<T> {
    /**
     * Runs the execution. What it holds it gives back itself: its caller may have been answered long before it ends.
     *
     * @param signal the execution's deadline and flag, not null
     * @return the answer, not null
     * @throws GuestTrap when there is none
     */
    T run(StopSignal signal) throws GuestTrap;
}
