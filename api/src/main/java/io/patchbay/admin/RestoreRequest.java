// SPDX-License-Identifier: Apache-2.0
package io.patchbay.admin;

import io.patchbay.port.Progress;
import java.nio.file.Path;
import java.util.Objects;

/**
 * A wish to restore a backup.
 *
 * @param file the backup, not null
 * @param replace whether plugins that are there may be replaced by those of the backup
 * @param dryRun whether only to check it and say what is in it
 * @param actor who asks, for the record, not null
 * @param progress hears how far it is, not null
 */
public record RestoreRequest(Path file, boolean replace, boolean dryRun, String actor, Progress progress) {
    /** Checks the components. */
    public RestoreRequest {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(actor, "actor");
        Objects.requireNonNull(progress, "progress");
    }
}
