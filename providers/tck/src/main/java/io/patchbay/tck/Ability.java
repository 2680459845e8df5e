// SPDX-License-Identifier: Apache-2.0
package io.patchbay.tck;

/**
 * What a provider may be able to do beyond what every provider of its kind does. A declared ability is tested; an
 * undeclared one is tested to be really absent where that can be seen, so that a suite says the truth in both directions.
 */
public enum Ability {
    /**
     * What was taken is there after the provider was closed and opened again. State: the store and its id; log: the
     * records. An undeclared one is absent when a state provider comes back empty, under a new store id.
     */
    DURABLE,
    /**
     * State: several open providers work on one store at the same time, as several nodes do. An undeclared one is absent
     * when the second is refused or works on a store of its own.
     */
    SHARED,
    /**
     * Log: the entries of one thread arrive in the order in which they were written. Uuid: identifiers grow, by their
     * characters; an undeclared one is absent when a thousand of them are not sorted.
     */
    ORDERED,
    /** Clock: it moves on with the machine's clock. An undeclared one is absent when it stands still. */
    RUNNING,
    /**
     * Uuid: a provider that is closed and opened again gives no identifier that was given before. An undeclared one is
     * absent when it starts again with the same.
     */
    UNIQUE_ACROSS_RESTARTS
}
