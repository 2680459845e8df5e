// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wasmhost.hostcall;

/** Keeps causes on the host that a guest is told nothing about but an id (contract D14). Thread-safe. */
@FunctionalInterface
public interface Incidents {
    /**
     * Logs a cause.
     *
     * @param what what failed, for operators, not null
     * @param cause not null
     * @return the correlation id that the guest is told, unique on this node, never null
     */
    String report(String what, Throwable cause);
}
