// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.containers;

import io.patchbay.bench.NamedRun;
import io.patchbay.bench.Report;
import io.patchbay.bench.RunOptions;
import io.patchbay.bench.Target;
import io.patchbay.bench.cli.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Claims that it takes at most six commands, each one process, from nothing to the first answer of a plugin in Karaf: those of
 * the first part of the page. Needs Go.
 */
public final class Newcomer implements NamedRun {
    private static final Path KARAF = Path.of("docs", "integrate", "karaf.md");
    private static final int MOST = 6;

    @Override
    public String name() {
        return "newcomer";
    }

    @Override
    public String description() {
        return "Karaf from nothing to the first plugin's answer in six commands, as the page says (needs Go)";
    }

    @Override
    public void run(RunOptions options, Report report) throws Exception {
        FirstPart part = FirstPart.of(options.root().resolve(KARAF));
        report("karaf-", part, report);
        Ports.requireFree(Ports.KARAF);
        InstalledArtifacts artifacts = InstalledArtifacts.install(options);
        check("karaf-", part, artifacts, report);
    }

    private static void report(String prefix, FirstPart part, Report report) {
        report.count(prefix + "commands", part.commands().size(), Target.atMost(MOST));
        report.never(
                prefix + "commands-that-are-several",
                part.commands().stream().filter(FirstPart::isSeveral).count());
        report.never(
                prefix + "scripts-of-ours",
                part.commands().stream().filter(FirstPart::isOurs).count());
    }

    private static void check(String prefix, FirstPart part, InstalledArtifacts artifacts, Report report)
            throws IOException, InterruptedException {
        RunOptions options = artifacts.options();
        Path page = Files.writeString(options.scratch().resolve(prefix + "first-part.md"), part.text());
        new Page(page).check(options, report, prefix, artifacts.environment());
    }
}
