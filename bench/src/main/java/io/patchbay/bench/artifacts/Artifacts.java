// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.artifacts;

import io.patchbay.bench.NamedRun;
import io.patchbay.bench.Report;
import io.patchbay.bench.RunOptions;
import io.patchbay.bench.Target;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Claims that one command publishes everything with sources, Javadoc and a bill of materials, and that a second build, in
 * another folder, gives the same bytes. The short form publishes only what third parties build against, and a provider.
 */
public final class Artifacts implements NamedRun {
    private static final Pattern NOT_FOR_OTHERS = Pattern.compile(".*/io\\.patchbay\\.(bench|itests|examples)\\b.*");
    /** In all: the rooms that are bundles or libraries, without tests, benchmarks and examples. */
    private static final int JARS = 29;

    @Override
    public String name() {
        return "artifacts";
    }

    @Override
    public String description() {
        return "one command publishes all with sources, Javadoc and SBOM; built twice, byte for byte the same";
    }

    @Override
    public void run(RunOptions options, Report report) throws Exception {
        Path local = options.scratch().resolve("local");
        LocalRepository.make(options, local);
        Publication publication = new Publication(options, local);
        List<String> rooms = options.shortForm() ? List.of("api", "providers/uuid-v4", "features/bom") : List.of();
        PublishedFiles first = PublishedFiles.in(publication.publish("first", rooms));
        PublishedFiles second = PublishedFiles.in(publication.publish("second", rooms));
        report.count("jars", first.jars(), options.shortForm() ? Target.atLeast(3) : Target.exactly(JARS));
        report.count("files", first.digests().size(), Target.none());
        tell("missing", first.missing());
        report.never("sources-javadoc-sbom-missing", first.missing().size());
        tell("different in the second build", first.differences(second));
        report.never(
                "files-that-differ-in-a-second-build", first.differences(second).size());
        report.never(
                "tests-or-examples-published",
                first.digests().keySet().stream()
                        .filter(name -> NOT_FOR_OTHERS.matcher(name).matches())
                        .count());
    }

    private static void tell(String what, Iterable<String> names) {
        names.forEach(name -> System.err.println(what + ": " + name));
    }
}
