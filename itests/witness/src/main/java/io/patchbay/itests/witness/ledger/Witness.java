// SPDX-License-Identifier: Apache-2.0
package io.patchbay.itests.witness.ledger;

import java.util.function.Consumer;

/**
 * Knows whether its provider is active, and notes in a ledger that outlives it each call that came afterwards, and each call
 * under which the provider was stopped. Thread-safe.
 */
public final class Witness {
    /** Selects the ledger among the services of its type, which is one of the JDK. */
    public static final String LEDGER = "(patchbay.itests=ledger)";

    private final String provider;
    private final Consumer<String> ledger;
    private volatile boolean active = true;

    /** A witness of a provider that is active. */
    public Witness(String provider, Consumer<String> ledger) {
        this.provider = provider;
        this.ledger = ledger;
    }

    /** A call begins. */
    public void enter() {
        note("entered");
    }

    /** A call ends. */
    public void leave() {
        note("left");
    }

    private void note(String moment) {
        if (!active) {
            ledger.accept(provider + " was " + moment + " after its deactivation");
        }
    }

    /** The provider's component was deactivated. */
    public void deactivated() {
        active = false;
    }
}
