// SPDX-License-Identifier: Apache-2.0
package io.patchbay.admin;

import io.patchbay.port.Progress;
import java.nio.file.Path;
import java.util.Objects;

/**
 * A wish to install an artifact.
 *
 * @param source a packed artifact, a folder or a zip, not null
 * @param development accept the same version with other bytes (DESIGN 7)
 * @param actor who asks, for the record: a user name or the way in, not null
 * @param progress hears how far the compilation is, not null
 */
public record InstallRequest(Path source, boolean development, String actor, Progress progress) {
    /** Checks the components. */
    public InstallRequest {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(actor, "actor");
        Objects.requireNonNull(progress, "progress");
    }
}
