// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.artifacts;

import io.patchbay.bench.Report;
import io.patchbay.bench.RunOptions;
import io.patchbay.bench.Target;
import io.patchbay.bench.cli.Maven;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The provider's bundle in Felix, in Equinox and in Karaf, by one integration test, which the copy of the checkout that was
 * published runs.
 *
 * @param copy where it was built
 * @param local the local repository that it was built with, and installed into
 */
record TemplateInContainers(RunOptions options, Path copy, Path local) {
    private static final String TEST = "ProviderTemplateCheck";
    private static final int TESTS = 1;

    void check(Report report, Path jar) throws Exception {
        run(jar, List.of());
        count(report, "felix");
        count(report, "equinox");
        run(jar, List.of("-Pkaraf"));
        count(report, "karaf");
    }

    private void run(Path jar, List<String> more) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(
                "-Dquick",
                "-pl",
                "itests",
                "verify",
                "-Dit.test=" + TEST,
                "-Dsurefire.failIfNoSpecifiedTests=false",
                "-Dpatchbay.template=" + jar,
                "-Dmaven.repo.local=" + local));
        arguments.addAll(more);
        // What did not pass is missing from the reports, which are counted.
        new Maven(options, copy).run("itests", arguments);
    }

    private void count(Report report, String container) throws Exception {
        int passed = TestReports.passed(
                copy.resolve("itests").resolve("target").resolve("failsafe-reports"), "-" + container);
        report.count("swapped-under-load-in-" + container, passed, Target.exactly(TESTS));
    }
}
