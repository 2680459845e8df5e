// SPDX-License-Identifier: Apache-2.0
package io.patchbay.provider;

/** What an acknowledged write to a store survives. */
public enum Durability {
    /** Nothing: the store ends with its component. */
    NONE,
    /** A crash or kill of the process, not a power cut. */
    PROCESS,
    /** A power cut: every acknowledgement follows a completed sync to the medium. */
    POWER
}
