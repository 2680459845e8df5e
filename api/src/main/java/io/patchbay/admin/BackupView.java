// SPDX-License-Identifier: Apache-2.0
package io.patchbay.admin;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * A backup.
 *
 * @param file where it is, or would be, not null
 * @param dryRun whether nothing was written
 * @param madeAt when it was made, not null
 * @param plugins the plugins in it, {@code id version}, sorted, not null
 * @param items how many files are in it
 * @param bytes how many bytes they have together, unpacked
 * @param notes what an operator should know, such as what is not in it, one line each, not null
 */
public record BackupView(
        Path file, boolean dryRun, Instant madeAt, List<String> plugins, int items, long bytes, List<String> notes) {
    /** Checks the components and copies the lists. */
    public BackupView {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(madeAt, "madeAt");
        plugins = List.copyOf(plugins);
        notes = List.copyOf(notes);
    }
}
