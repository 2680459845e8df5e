// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wasmhost.engine;

/**
 * Where the instance of an execution comes from. Today each one is built fresh ({@link FreshInstances}); one that restores
 * a snapshot fits behind the same door. Thread-safe.
 */
@FunctionalInterface
public interface InstanceSource {
    /**
     * Gives an instance to one execution. Call it on a guest thread: a start section runs inside.
     *
     * @param imports what the host offers to this execution, not null
     * @param signal how the execution is ordered to end, not null
     * @return an instance in the state before {@code _initialize}; the caller closes it, never null
     * @throws GuestTrap when the start section trapped or an import is not offered
     */
    GuestInstance instance(HostImports imports, StopSignal signal) throws GuestTrap;
}
