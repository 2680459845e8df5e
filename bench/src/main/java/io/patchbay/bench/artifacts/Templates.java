// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.artifacts;

import io.patchbay.bench.NamedRun;
import io.patchbay.bench.Report;
import io.patchbay.bench.RunOptions;
import io.patchbay.bench.Target;
import io.patchbay.itests.harness.SyslogReceiver;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * Claims that the templates of {@code examples} build outside the checkout, against what is published alone, and that what
 * they build works in a running node: the provider is swapped in and out, and its bundle removed and put back, while a
 * plugin that uses it is called, by our launcher and, in the long form, in Felix, Equinox and Karaf; the others work, too.
 */
public final class Templates implements NamedRun {
    private static final String PUBLISHED = "published";
    private static final int UNLIMITED = 1_000_000;
    private static final int PROVIDER_TESTS = 14;
    private static final int APP_TESTS = 3;
    private static final int IDENTITY_TESTS = 7;

    @Override
    public String name() {
        return "templates";
    }

    @Override
    public String description() {
        return "the templates build outside against published artifacts alone; their bundles serve, swapped under load";
    }

    @Override
    public void run(RunOptions options, Report report) throws Exception {
        Path local = options.scratch().resolve("local");
        LocalRepository.make(options, local);
        Path repository = new Publication(options, local)
                .publish(PUBLISHED, options.shortForm() ? Publication.FOR_THIRD_PARTIES : List.of());
        // What the build of ours installed must not help.
        Path outside = options.scratch().resolve("local-outside");
        LocalRepository.make(options, outside);

        Set<String> open = BundleImports.open(repository);
        Template provider = Template.build(options, "provider-template", repository, outside);
        report("provider", provider, PROVIDER_TESTS, open, report);
        Template app = Template.build(options, "app-template", repository, outside);
        report("app", app, APP_TESTS, open, report);
        Template identity = Template.build(options, "identity-template", repository, outside);
        report("identity", identity, IDENTITY_TESTS, open, report);
        serve(options, report, provider.jar(), app.jar(), identity.jar());
        if (!options.shortForm()) {
            Path copy = options.scratch().resolve(PUBLISHED);
            new TemplateInContainers(options, copy, local).check(report, provider.jar());
        }
    }

    private static void report(String row, Template template, int tests, Set<String> open, Report report)
            throws IOException {
        report.count(row + "-tests", template.tests(), Target.atLeast(tests));
        Set<String> beyond = BundleImports.beyond(open, template.jar());
        beyond.forEach(name -> System.err.println(row + " takes " + name));
        report.count(
                row + "-imports-of-the-api",
                BundleImports.ofOurs(template.jar()).size(),
                Target.atLeast(1));
        report.never(row + "-takes-more-of-ours", beyond.size());
    }

    private static void serve(RunOptions options, Report report, Path provider, Path app, Path identity)
            throws Exception {
        SwappedProvider swapped = new SwappedProvider(options, report);
        CallingApp calling = new CallingApp(options, report);
        try (SyslogReceiver syslog = new SyslogReceiver()) {
            RunningNode node = RunningNode.start(options, options.scratch().resolve("node"));
            long asked;
            try {
                node.command("install", "examples/export-report", "--grant", "all");
                // Each line counts: none may go because there are too many.
                node.command("config", "set", "io.patchbay.runtime", "log.rate=" + UNLIMITED, "log.burst=" + UNLIMITED);
                calling.begin(node, app);
                asked = swapped.swap(node, provider, syslog);
                calling.removeAndPutBack(node, app);
                new KnownCallers(options, report).call(node, identity);
            } finally {
                node.end();
            }
            swapped.account(asked, syslog.messages(), node.lines());
            calling.account(node.lines());
        }
    }
}
