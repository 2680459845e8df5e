// SPDX-License-Identifier: Apache-2.0
package io.patchbay.admin;

import io.patchbay.port.ModuleFacts;
import io.patchbay.port.PluginDescriptor;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What {@code inspect} finds in an artifact, without installing it.
 *
 * @param source the path as given, not null
 * @param digest SHA-256 of the (packed) artifact, 64 lower-case hex digits, not null
 * @param sizeBytes the artifact's size
 * @param descriptor what it says about itself, not null
 * @param module what the engine found; empty for an artifact without code
 * @param requested the requested methods; decisions are those of an installed plugin of that id, else undecided, not null
 * @param notes what is accepted but not acted on, one line each, not null
 */
public record ArtifactInspection(
        String source,
        String digest,
        long sizeBytes,
        PluginDescriptor descriptor,
        Optional<ModuleFacts> module,
        List<RequestedMethod> requested,
        List<String> notes) {
    /** Checks the components and copies the lists. */
    public ArtifactInspection {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(digest, "digest");
        Objects.requireNonNull(descriptor, "descriptor");
        Objects.requireNonNull(module, "module");
        requested = List.copyOf(requested);
        notes = List.copyOf(notes);
    }
}
