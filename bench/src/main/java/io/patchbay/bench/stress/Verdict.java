// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.stress;

/** What a caller says of an answer. */
enum Verdict {
    /** A request to a plugin was made. */
    CALL,
    /** It was answered with an error although it was accepted. */
    FAILED,
    /** It was inside a server when that died, and answered status 4: carried out whole or not at all. */
    IN_DOUBT,
    /** A write was acknowledged. */
    WRITE,
    /** What was read is older than an acknowledged write. */
    LOST,
    /** What was read is newer than anything that was written. */
    DUPLICATED,
    /** Of two keys written together, one has another value. */
    HALF,
    /** What was read comes from a store that does not own the plugin's data. */
    FOREIGN
}
