// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.containers;

import io.patchbay.bench.RunOptions;
import io.patchbay.bench.cli.Maven;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Our artifacts in the local Maven repository, where Karaf looks first.
 *
 * @param options of the run that needs them
 * @param local the folder of the local repository
 */
record InstalledArtifacts(RunOptions options, Path local) {
    /** Not empty: what this would install is there already. */
    private static final String INSTALLED = "PATCHBAY_INSTALLED";

    /** Installs what containers install, and what the tests in them need, as the pages of {@code docs/integrate} say. */
    static InstalledArtifacts install(RunOptions options) throws IOException, InterruptedException {
        Maven maven = new Maven(options, options.root());
        if (System.getenv().getOrDefault(INSTALLED, "").isEmpty()) {
            maven.run(
                            "installing our artifacts into the local Maven repository",
                            List.of("-pl", "features,itests", "-am", "install", "-DskipTests", "-DskipITs", "-Dquick"))
                    .orFail();
        }
        return new InstalledArtifacts(options, maven.localRepository());
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
