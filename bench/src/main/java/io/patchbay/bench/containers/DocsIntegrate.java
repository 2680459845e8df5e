// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.containers;

import io.patchbay.bench.NamedRun;
import io.patchbay.bench.Report;
import io.patchbay.bench.RunOptions;
import io.patchbay.bench.cli.Page;
import java.nio.file.Path;
import java.util.List;

/** Claims that every command in the pages about containers prints what the page says, in the containers as they are. Needs Go. */
public final class DocsIntegrate implements NamedRun {
    private static final List<String> PAGES = List.of("felix", "equinox", "karaf");

    @Override
    public String name() {
        return "docs-integrate";
    }

    @Override
    public String description() {
        return "every command in docs/integrate/{karaf,felix,equinox}.md is executed and compared (needs Go)";
    }

    @Override
    public void run(RunOptions options, Report report) throws Exception {
        Ports.requireFree(Ports.EMBEDDED);
        Ports.requireFree(Ports.KARAF);
        InstalledArtifacts artifacts = InstalledArtifacts.install(options);
        for (String page : PAGES) {
            new Page(Path.of("docs", "integrate", page + ".md"))
                    .check(options, report, page + "-", artifacts.environment());
        }
    }
}
