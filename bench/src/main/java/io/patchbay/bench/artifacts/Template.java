// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.artifacts;

import io.patchbay.bench.RunOptions;
import io.patchbay.bench.cli.Maven;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A project of {@code examples} that others copy: copied out of the checkout and built against what was published.
 *
 * @param jar the bundle
 * @param tests how many tests its build ran, all of them passed
 */
record Template(Path jar, int tests) {
    /**
     * Copies and builds one, with its tests.
     *
     * @param name its folder in {@code examples}
     * @param repository where we published to
     * @param local the local repository to build with
     */
    static Template build(RunOptions options, String name, Path repository, Path local)
            throws IOException, InterruptedException {
        Path copy = options.scratch().resolve("outside").resolve(name);
        SourceCopy.of(options.root().resolve("examples").resolve(name), copy);
        new Maven(options, copy)
                .run(
                        name,
                        List.of("verify", "-Dmaven.repo.local=" + local, "-Dpatchbay.repository=" + repository.toUri()))
                .orFail();
        Path target = copy.resolve("target");
        return new Template(jarIn(target), TestReports.passed(target.resolve("surefire-reports"), ""));
    }

    private static Path jarIn(Path target) throws IOException {
        try (Stream<Path> files = Files.list(target)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no jar in " + target));
        }
    }
}
