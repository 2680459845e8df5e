// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bay;

import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What every slot needs of its patch bay.
 *
 * @param settings the settings as they are now
 * @param declared what the component runtime knows of providers
 * @param wishes all bindings
 * @param owners the record of owners
 * @param events where events go
 * @param log the host's log
 * @param guards makes a provider's guard
 * @param timer for the end of a grace time
 * @param nanoTime {@link System#nanoTime()}, but for tests
 * @param held the leases of each thread
 * @param failures what becomes of failed calls
 */
record BayParts(
        Supplier<BaySettings> settings,
        Supplier<DeclaredProviders> declared,
        Wishes wishes,
        OwnerBook owners,
        EventSink events,
        IncidentLog log,
        CallGuards guards,
        BayTimer timer,
        LongSupplier nanoTime,
        HeldLeases held,
        CallFailures failures) {}
