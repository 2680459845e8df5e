// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wasmhost.execution;

import java.util.Locale;

/** The limits of executions that a plugin's own settings may replace, up to a host-wide ceiling (DESIGN 4). */
public enum LimitName {
    /** How long an execution may take when its caller names no deadline, ms. */
    DEADLINE_MILLIS,
    /** Memory of one instance, pages of 64 KiB. */
    MEMORY_PAGES,
    /** Executions at the same time. */
    CONCURRENCY,
    /** Executions that wait for a place. */
    QUEUE,
    /** Host calls of one execution. */
    HOST_CALLS,
    /** WASI calls of one execution. */
    WASI_CALLS,
    /** The largest request of a host call, bytes. */
    HOST_CALL_REQUEST_BYTES,
    /** The largest response of a host call, bytes. */
    HOST_CALL_RESPONSE_BYTES,
    /** The largest request to a guest, bytes. */
    BRIDGE_REQUEST_BYTES,
    /** The largest answer of a guest, bytes. */
    BRIDGE_RESPONSE_BYTES;

    /**
     * The limit's name as a setting and in metrics.
     *
     * @return lower-case with dots, never null
     */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '.');
    }
}
