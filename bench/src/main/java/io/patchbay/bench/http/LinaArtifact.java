// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.http;

import io.patchbay.bench.NamedRun;
import io.patchbay.bench.Report;
import io.patchbay.bench.RunOptions;
import io.patchbay.bench.vectors.IntegrationTest;
import java.util.List;

/**
 * Claims that an artifact in the form of LinaPro's builder, with a guest made with Go, comes over HTTP, is granted what it asks
 * of the runtime, shows what nobody provides and what is not used here, and serves its routes: runs that integration test, in
 * a process of its own. Short and long form are the same.
 */
public final class LinaArtifact implements NamedRun {
    @Override
    public String name() {
        return "lina-artifact";
    }

    @Override
    public String description() {
        return "an artifact in LinaPro's form is uploaded, granted, shown with what is not used here, and serves";
    }

    @Override
    public void run(RunOptions options, Report report) throws Exception {
        new IntegrationTest(options)
                .run(List.of(IntegrationTest.IN_FELIX), "io.patchbay.itests.LinaArtifactIT")
                .report(report, 1);
    }
}
