// SPDX-License-Identifier: Apache-2.0
package io.patchbay.admin;

import io.patchbay.port.Progress;
import java.nio.file.Path;
import java.util.Objects;

/**
 * A wish for a backup.
 *
 * @param file the file to write, which must not exist, not null
 * @param dryRun whether only to say what would be in it
 * @param actor who asks, for the record, not null
 * @param progress hears how far it is, not null
 */
public record BackupRequest(Path file, boolean dryRun, String actor, Progress progress) {
    /** Checks the components. */
    public BackupRequest {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(actor, "actor");
        Objects.requireNonNull(progress, "progress");
    }
}
