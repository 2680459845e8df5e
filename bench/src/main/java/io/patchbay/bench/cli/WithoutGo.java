// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.cli;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** A search path on which everything is found that was found before, apart from Go. */
final class WithoutGo {
    private static final Set<String> HIDDEN = Set.of("go", "gofmt");

    private WithoutGo() {}

    /**
     * Makes one; a folder with Go among other commands is replaced by links to those others.
     *
     * @param path the search path as it is
     * @param scratch where links are made
     */
    static String of(String path, Path scratch) throws IOException {
        List<String> folders = new ArrayList<>();
        for (String folder : path.split(File.pathSeparator)) {
            if (folder.isEmpty() || !Files.isExecutable(Path.of(folder, "go"))) {
                folders.add(folder);
            } else {
                folders.add(links(Path.of(folder), Files.createTempDirectory(scratch, "bin")));
            }
        }
        return String.join(File.pathSeparator, folders);
    }

    private static String links(Path folder, Path into) throws IOException {
        try (Stream<Path> commands = Files.list(folder)) {
            for (Path command : (Iterable<Path>) commands::iterator) {
                String name = command.getFileName().toString();
                if (!HIDDEN.contains(name)) {
                    Files.createSymbolicLink(into.resolve(name), command);
                }
            }
        }
        return into.toString();
    }
}
