// SPDX-License-Identifier: Apache-2.0
package io.patchbay.admin;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * What {@code pack} wrote.
 *
 * @param file the artifact, not null
 * @param digest SHA-256 of it, 64 lower-case hex digits, not null
 * @param sizeBytes its size
 * @param notes what was accepted but is not acted on, one line each, not null
 */
public record PackResult(Path file, String digest, long sizeBytes, List<String> notes) {
    /** Checks the components and copies the list. */
    public PackResult {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(digest, "digest");
        notes = List.copyOf(notes);
    }
}
