// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wasmhost.hostcall;

import java.util.Locale;

/** The limits of an execution that this bundle enforces and counts (DESIGN 4, contract D21). */
public enum Limit {
    /** The deadline passed. */
    DEADLINE,
    /** The execution needed more memory than its plugin's share. */
    PLUGIN_MEMORY,
    /** The guest's recursion was deeper than the stack of its thread. */
    CALL_DEPTH,
    /** The node had no memory for another execution. */
    NODE_MEMORY,
    /** The plugin's queue was full, or the wait in it too long. */
    CONCURRENCY,
    /** One host call too many. */
    HOST_CALLS,
    /** One WASI call too many. */
    WASI_CALLS,
    /** A host call's request was too large. */
    HOST_CALL_REQUEST,
    /** A host call's response was too large. */
    HOST_CALL_RESPONSE,
    /** A bridge request was too large. */
    BRIDGE_REQUEST,
    /** A bridge response was too large. */
    BRIDGE_RESPONSE,
    /** A printed line was too long. */
    PRINTED_LINE;

    /**
     * The limit's name in metrics.
     *
     * @return lower-case with underscores, never null
     */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
