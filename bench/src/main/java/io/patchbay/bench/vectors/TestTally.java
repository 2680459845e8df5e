// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.vectors;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs test classes or methods of them, prints failures on standard error and the counts as one line on standard output. */
public final class TestTally implements TestExecutionListener {
    /** The line that {@link #main} prints. */
    static final Pattern COUNTS = Pattern.compile("tests (?<passed>\\d+) (?<failed>\\d+) (?<skipped>\\d+)");

    private int passed;
    private int failed;
    private int skipped;

    private TestTally() {}

    /**
     * Runs tests.
     *
     * @param args names of classes, or {@code class#method}
     */
    public static void main(String[] args) {
        List<DiscoverySelector> selectors = new ArrayList<>();
        for (String test : args) {
            selectors.add(test.contains("#") ? selectMethod(test) : selectClass(test));
        }
        LauncherDiscoveryRequest request =
                LauncherDiscoveryRequestBuilder.request().selectors(selectors).build();
        TestTally tally = new TestTally();
        LauncherFactory.create().execute(request, tally);
        System.out.println("tests " + tally.passed + " " + tally.failed + " " + tally.skipped);
        System.exit(tally.failed == 0 ? 0 : 1);
    }

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
        skipped++;
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (result.getStatus() != TestExecutionResult.Status.SUCCESSFUL) {
            failed++;
            System.err.println(test.getDisplayName() + ": "
                    + result.getThrowable().map(Throwable::toString).orElse("aborted"));
        } else if (test.isTest()) {
            passed++;
        }
    }
}
