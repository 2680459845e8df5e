// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wasmhost.engine;

/** Hears that a guest does not stop although it was ordered to. Its plugin has to be disabled and reported (DESIGN 8). */
@FunctionalInterface
public interface RunawayListener {
    /** Called at most once per execution, on the watchdog's thread: returns quickly and never blocks. */
    void runaway();
}
