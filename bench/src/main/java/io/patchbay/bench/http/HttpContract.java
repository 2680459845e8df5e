// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.http;

import io.patchbay.bench.NamedRun;
import io.patchbay.bench.Report;
import io.patchbay.bench.RunOptions;
import io.patchbay.bench.vectors.IntegrationTest;
import java.util.List;

/**
 * Claims that what callers and plugins see of each other over HTTP is what contract 1.8 and 2.8 say, and that lifecycle callbacks
 * come and decide as 8.3 says: runs those integration tests, in a process of their own, against a real server; and, in the long
 * form, those of the limits and of the administration.
 */
public final class HttpContract implements NamedRun {
    private static final String CONTRACT = "io.patchbay.itests.HttpContractIT";
    private static final String CALLBACKS = "io.patchbay.itests.LifecycleContractIT";
    private static final String LIMITS = "io.patchbay.itests.HttpLimitsIT";
    private static final String ADMIN = "io.patchbay.itests.HttpAdminIT";
    private static final int TESTS_OF_CONTRACT = 70;
    private static final int TESTS_OF_ALL = 92;

    @Override
    public String name() {
        return "http-contract";
    }

    @Override
    public String description() {
        return "contract 1.8, 2.8 and 8.3 over real HTTP: every row, every response vector, a request field by field";
    }

    @Override
    public void run(RunOptions options, Report report) throws Exception {
        IntegrationTest tests = new IntegrationTest(options);
        IntegrationTest.Counts counts = options.shortForm()
                ? tests.run(List.of(), CONTRACT, CALLBACKS)
                : tests.run(List.of(), CONTRACT, CALLBACKS, LIMITS, ADMIN);
        counts.report(report, options.shortForm() ? TESTS_OF_CONTRACT : TESTS_OF_ALL);
    }
}
