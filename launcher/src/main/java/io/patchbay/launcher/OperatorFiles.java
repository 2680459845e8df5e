// SPDX-License-Identifier: Apache-2.0
package io.patchbay.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What an operator has put into the two watched places of a data folder: configurations and bundles. */
final class OperatorFiles {
    private final Path data;

    OperatorFiles(Path data) {
        this.data = data;
    }

    /** Where configurations are. */
    Path settings() {
        return data.resolve("etc");
    }

    /** Where bundles are. */
    Path bundles() {
        return data.resolve("bundles");
    }

    /** Whether there is neither; a folder that cannot be looked into is not empty. */
    boolean isEmpty() {
        try {
            return list(settings(), ".config").isEmpty()
                    && list(bundles(), ".jar").isEmpty();
        } catch (IOException e) {
            return false;
        }
    }

    /** The jars among the bundles, in the order of their names. */
    List<Path> jars() throws IOException {
        return list(bundles(), ".jar");
    }

    private static List<Path> list(Path folder, String ending) throws IOException {
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(ending))
                    .sorted()
                    .toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
