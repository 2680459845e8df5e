// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.containers;

import io.patchbay.bench.RunOptions;
import io.patchbay.bench.cli.Tool;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * Our artifacts in the local Maven repository, where Karaf looks first.
 *
 * @param options of the run that needs them
 * @param local the folder of the local repository
 */
record InstalledArtifacts(RunOptions options, Path local) {
    /** Installs what containers install, and what the tests in them need, as the pages of {@code docs/integrate} say. */
    static InstalledArtifacts install(RunOptions options) throws IOException, InterruptedException {
        Tool maven = new Tool(options.root(), options.scratch(), Map.of());
        System.err.println("installing our artifacts into the local Maven repository");
        Tool.Result installed = maven.run(
                "mvn",
                "-B",
                "-ntp",
                "-q",
                "-pl",
                "features,itests",
                "-am",
                "install",
                "-DskipTests",
                "-DskipITs",
                "-Dquick");
        if (installed.exit() != 0) {
            System.err.print(installed.out());
        }
        installed.orFail();
        String path = maven.run(
                        "mvn",
                        "-B",
                        "-q",
                        "-N",
                        "help:evaluate",
                        "-Dexpression=settings.localRepository",
                        "-DforceStdout")
                .orFail()
                .out();
        // Maven resets the colours of a terminal behind it.
        return new InstalledArtifacts(
                options, Path.of(path.replaceAll("\\u001b\\[[0-9;]*m", "").strip()));
    }

    /** What the commands of a page find in their environment. */
    Map<String, String> environment() {
        return Map.of(
                "PATCHBAY",
                options.root().toString(),
                "JAVA_HOME",
                System.getProperty("java.home"),
                "EXTRA_JAVA_OPTS",
                "-Dmaven.repo.local=" + local);
    }
}
