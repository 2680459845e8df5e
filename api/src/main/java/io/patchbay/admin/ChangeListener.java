// SPDX-License-Identifier: Apache-2.0
package io.patchbay.admin;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Hears how far an operator's change is while it takes its time. Called on the thread that asked for the change, at least
 * once a second; what it throws ends that thread's wait, never the change.
 */
@ConsumerType
public interface ChangeListener {
    /** Hears nothing. */
    ChangeListener NONE = new ChangeListener() {};

    /**
     * A move of a plugin's data began, or goes on.
     *
     * @param move the move as it is now, not null
     */
    default void moving(MigrationView move) {}

    /**
     * Another provider serves, and calls on the one before have not ended yet; they are waited for and never cut.
     *
     * @param kind the kind, not null
     * @param provider the provider before, not null
     * @param calls how many, at least 1
     */
    default void draining(String kind, String provider, long calls) {}
}
