// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.artifacts;

import io.patchbay.bench.RunOptions;
import io.patchbay.bench.cli.Tool;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

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
        List<String> command = new ArrayList<>(List.of(
                "mvn",
                "-B",
                "-ntp",
                "-q",
                "-Prelease",
                "deploy",
                "-DskipTests",
                "-DskipITs",
                // Formatter and static checks change no byte.
                "-Dquick",
                "-Dmaven.repo.local=" + local));
        if (!rooms.isEmpty()) {
            command.addAll(List.of("-pl", String.join(",", rooms), "-am"));
        }
        System.err.println(name + ": " + String.join(" ", command));
        Tool.Result result = new Tool(copy, options.scratch(), Map.of()).run(command);
        if (result.exit() != 0) {
            System.err.print(result.out());
        }
        result.orFail();
        return repository;
    }
}
