// SPDX-License-Identifier: Apache-2.0
package io.patchbay.admin;

import io.patchbay.port.PluginDescriptor;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An installed plugin as operators see it.
 *
 * @param descriptor of the newest installed release, not null
 * @param digest of the newest installed release, not null
 * @param state where it is in its life, not null
 * @param servingVersion the version that answers requests; empty when none does, not null
 * @param servingDigest the digest that answers requests; empty when none does, not null
 * @param requested the requested methods of the newest release with their three columns, not null
 * @param wayIn which way it came in, as in {@link ChangeContext#wayIn()}, not null
 * @param installMode for whom it is there, not null
 * @param tenants the tenants that it was switched on or off for, unmodifiable, not null
 * @param suspendedWhy why it is not served for now although it is enabled; empty when it is not suspended, not null
 * @param notes what an operator should know, one line each, not null
 */
public record PluginView(
        PluginDescriptor descriptor,
        String digest,
        State state,
        String servingVersion,
        String servingDigest,
        List<RequestedMethod> requested,
        String wayIn,
        InstallMode installMode,
        SortedMap<Integer, Boolean> tenants,
        String suspendedWhy,
        List<String> notes) {
    /** Where a plugin is in its life (DESIGN 7). */
    public enum State {
        /** Installed; a decision on requested methods is missing, or it was never enabled. */
        INSTALLED,
        /** Serves requests. */
        ENABLED,
        /** Switched off by an operator, or by the engine. */
        DISABLED
    }

    /** Checks the components and copies the lists. */
    public PluginView {
        Objects.requireNonNull(descriptor, "descriptor");
        Objects.requireNonNull(digest, "digest");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(servingVersion, "servingVersion");
        Objects.requireNonNull(servingDigest, "servingDigest");
        Objects.requireNonNull(wayIn, "wayIn");
        Objects.requireNonNull(installMode, "installMode");
        Objects.requireNonNull(suspendedWhy, "suspendedWhy");
        requested = List.copyOf(requested);
        tenants = Collections.unmodifiableSortedMap(new TreeMap<>(tenants));
        notes = List.copyOf(notes);
    }

    /**
     * The methods that wait for a decision.
     *
     * @return in the order of {@link #requested()}, never null
     */
    public List<RequestedMethod> undecided() {
        return requested.stream()
                .filter(method -> method.decision() == RequestedMethod.Decision.UNDECIDED)
                .toList();
    }
}
