// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.artifacts;

import io.patchbay.bench.RunOptions;
import io.patchbay.bench.cli.Maven;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Publishes a copy of the checkout with the command that the README names, into a repository of its own.
 *
 * @param options of the run that needs it
 * @param local the local repository to build with
 */
record Publication(RunOptions options, Path local) {
    /** What third parties build against; enough to say it for the short forms. */
    static final List<String> FOR_THIRD_PARTIES = List.of("api", "providers/tck", "features/bom");

    /**
     * Publishes.
     *
     * @param name of a folder that is made for the copy, so that two copies lie in different places
     * @param rooms the rooms to publish, with those that they need; all when empty
     * @return the repository
     */
    Path publish(String name, List<String> rooms) throws IOException, InterruptedException {
        Path copy = options.scratch().resolve(name);
        SourceCopy.of(options.root(), copy);
        Path repository = copy.resolve("target").resolve("repository");
        List<String> arguments = new ArrayList<>(List.of(
                "-Prelease",
                "deploy",
                "-DskipTests",
                "-DskipITs",
                // Formatter and static checks change no byte.
                "-Dquick",
                "-Dmaven.repo.local=" + local));
        if (!rooms.isEmpty()) {
            arguments.addAll(List.of("-pl", String.join(",", rooms), "-am"));
        }
        new Maven(options, copy).run(name, arguments).orFail();
        return repository;
    }
}
