// SPDX-License-Identifier: Apache-2.0
package io.patchbay.port;

import java.nio.file.Path;
import java.util.Objects;

/**
 * One artifact of a plugin as the engine loads it.
 *
 * @param descriptor what the artifact says about itself, not null
 * @param digest SHA-256 of the artifact, 64 lower-case hex digits, not null
 * @param archive the archived artifact, whose bytes have that digest; read only when nothing usable is stored, not null
 */
public record Release(PluginDescriptor descriptor, String digest, Path archive) {
    /** Checks the components. */
    public Release {
        Objects.requireNonNull(descriptor, "descriptor");
        Objects.requireNonNull(digest, "digest");
        Objects.requireNonNull(archive, "archive");
    }
}
