// SPDX-License-Identifier: Apache-2.0
package io.patchbay.lifecycle;

import io.patchbay.admin.AdminException;
import io.patchbay.admin.PackResult;
import io.patchbay.port.PluginDescriptor;
import java.nio.file.Path;

/** Where artifacts come in: files, folders and zips become packed bytes with a validated descriptor. Thread-safe. */
interface ArtifactIntake {
    /**
     * Reads and validates.
     *
     * @throws AdminException {@code INPUT} when it is not acceptable, {@code UNAVAILABLE} when it cannot be read
     */
    Incoming read(Path source) throws AdminException;

    /**
     * Packs a folder or zip into one file, replaced atomically.
     *
     * @throws AdminException {@code INPUT} when it is not acceptable, {@code UNAVAILABLE} when it cannot be written
     */
    PackResult pack(Path source, Path target) throws AdminException;

    /**
     * Reads the descriptor of an archived artifact.
     *
     * @throws RegistryException when the archive is gone or damaged
     */
    PluginDescriptor archived(Path archive) throws RegistryException;
}
