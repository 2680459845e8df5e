// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.cli;

import io.patchbay.bench.NamedRun;
import io.patchbay.bench.Report;
import io.patchbay.bench.RunOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** Claims that every command in the author's first page prints what the page says. Needs Go. */
public final class DocsAuthor implements NamedRun {
    private static final Page PAGE = new Page(Path.of("docs", "author", "first-plugin.md"));

    @Override
    public String name() {
        return "docs-author";
    }

    @Override
    public String description() {
        return "every command in docs/author/first-plugin.md is executed and its output compared (needs Go)";
    }

    @Override
    public void run(RunOptions options, Report report) throws IOException, InterruptedException {
        PAGE.check(options, report, "", Map.of());
    }
}
