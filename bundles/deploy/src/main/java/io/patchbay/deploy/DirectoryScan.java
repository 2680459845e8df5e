// SPDX-License-Identifier: Apache-2.0
package io.patchbay.deploy;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One look at a directory.
 *
 * @param artifacts what may be an artifact, by name
 * @param companions the names of texts that this room puts beside artifacts
 * @param unnamable names, as far as they can be shown, with characters that this JVM's locale has not
 */
record DirectoryScan(SortedMap<String, Stamp> artifacts, SortedSet<String> companions, SortedSet<String> unnamable) {
    /**
     * Looks at a directory.
     *
     * @throws IOException when it cannot be listed as a whole: then nothing is known, least of all that files are gone
     */
    static DirectoryScan of(Path directory) throws IOException {
        DirectoryScan scan = new DirectoryScan(new TreeMap<>(), new TreeSet<>(), new TreeSet<>());
        try (DirectoryStream<Path> paths = Files.newDirectoryStream(directory)) {
            for (Path path : paths) {
                scan.add(path);
            }
        } catch (DirectoryIteratorException failure) {
            throw failure.getCause();
        }
        return scan;
    }

    private void add(Path path) {
        String name = path.getFileName().toString();
        if (!isNamable(path, name)) {
            unnamable.add(name);
        } else if (Companions.isCompanion(name)) {
            companions.add(name);
        } else if (!isIgnored(name)) {
            try {
                artifacts.put(name, Stamp.of(path));
            } catch (NoSuchFileException gone) {
                // Between the list and the look, or a link to nowhere.
            } catch (IOException failure) {
                artifacts.put(name, new Stamp(String.valueOf(failure.getMessage())));
            }
        }
    }

    private static boolean isNamable(Path path, String name) {
        try {
            return path.resolveSibling(name).equals(path);
        } catch (InvalidPathException unmappable) {
            return false;
        }
    }

    /** Hidden files, and what programs call a file that they have not finished. */
    static boolean isIgnored(String name) {
        return name.startsWith(".") || name.endsWith("~") || name.endsWith(".part") || name.endsWith(".tmp");
    }
}
