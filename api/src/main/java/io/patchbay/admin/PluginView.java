// SPDX-License-Identifier: Apache-2.0
package io.patchbay.admin;

import io.patchbay.port.PluginDescriptor;
import java.util.List;
import java.util.Objects;

/**
 * An installed plugin as operators see it.
 *
 * @param descriptor of the newest installed release, not null
 * @param digest of the newest installed release, not null
 * @param state where it is in its life, not null
 * @param servingVersion the version that answers requests; empty when none does, not null
 * @param servingDigest the digest that answers requests; empty when none does, not null
 * @param requested the requested methods of the newest release with their three columns, not null
 * @param notes what an operator should know, one line each, not null
 */
public record PluginView(
        PluginDescriptor descriptor,
        String digest,
        State state,
        String servingVersion,
        String servingDigest,
        List<RequestedMethod> requested,
        List<String> notes) {
    /** Where a plugin is in its life (DESIGN 7). */
    public enum State {
        /** Installed; a decision on requested methods or enabling is missing. */
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
        requested = List.copyOf(requested);
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
