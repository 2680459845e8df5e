// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.cli;

import io.patchbay.bench.NamedRun;
import io.patchbay.bench.Report;
import io.patchbay.bench.RunOptions;
import io.patchbay.bench.Target;
import io.patchbay.bench.node.ShippedBundles;
import io.patchbay.bench.vectors.IntegrationTest;
import java.util.ArrayList;
import java.util.List;

/**
 * Claims that console, command line and HTTP offer the same verbs, with the same options, results and refusals: runs that
 * integration test, in a process of its own, against a real node. The short form has the command line say two of them, the
 * long one all that can be said twice, and every refusal.
 */
public final class VerbsRun implements NamedRun {
    private static final String FRONTS = "io.patchbay.itests.FrontsIT";
    private static final int TESTS = 71;
    private static final int TESTS_WITH_EVERY_COMMAND = 142;

    @Override
    public String name() {
        return "verbs";
    }

    @Override
    public String description() {
        return "console, command line and HTTP offer the same verbs, options, results and refusals";
    }

    @Override
    public void run(RunOptions options, Report report) throws Exception {
        List<String> properties =
                new ArrayList<>(List.of(IntegrationTest.IN_FELIX, "patchbay.launcher=" + ShippedBundles.launcher()));
        if (!options.shortForm()) {
            properties.add("patchbay.fronts=all");
        }
        IntegrationTest.Counts counts = new IntegrationTest(options).run(properties, FRONTS);
        report.count("passed", counts.passed(), Target.atLeast(options.shortForm() ? TESTS : TESTS_WITH_EVERY_COMMAND));
        report.never("failed", counts.failed());
        if (!options.shortForm()) {
            report.never("skipped", counts.skipped());
        }
    }
}
