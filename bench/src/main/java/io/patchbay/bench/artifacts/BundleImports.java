// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.artifacts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a bundle takes of ours: the packages that it imports, and classes that it carries. */
final class BundleImports {
    private static final String OURS = "io.patchbay.";
    private static final String CARRIED = "io/patchbay/";
    /** Ports between our own bundles; third parties do without (DESIGN 2). */
    private static final String PORT = "io.patchbay.port";

    private static final Pattern QUOTED = Pattern.compile("\"[^\"]*\"");
    private static final Pattern PACKAGE = Pattern.compile("(?:^|[,;])([\\w.]+)(?=[,;]|$)");

    private BundleImports() {}

    /** The packages of the published API that third parties may import. */
    static Set<String> open(Path repository) throws IOException {
        try (Stream<Path> files = Files.walk(repository.resolve("io/patchbay/io.patchbay.api"))) {
            Path api = files.filter(file -> file.toString().endsWith(".jar"))
                    .filter(file -> !file.toString().matches(".*-(sources|javadoc)\\.jar"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no API in " + repository));
            Set<String> packages = packages(api, "Export-Package");
            packages.remove(PORT);
            return packages;
        }
    }

    /** What a bundle takes of ours besides. */
    static Set<String> beyond(Set<String> open, Path bundle) throws IOException {
        Set<String> beyond = packages(bundle, "Import-Package");
        beyond.removeIf(name -> !name.startsWith(OURS) || open.contains(name));
        try (JarFile jar = new JarFile(bundle.toFile(), false)) {
            jar.stream()
                    .map(entry -> entry.getName())
                    .filter(name -> name.startsWith(CARRIED) && name.endsWith(".class"))
                    .forEach(beyond::add);
        }
        return beyond;
    }

    /** The packages of ours that a bundle imports. */
    static Set<String> ofOurs(Path bundle) throws IOException {
        Set<String> imports = packages(bundle, "Import-Package");
        imports.removeIf(name -> !name.startsWith(OURS));
        return imports;
    }

    private static Set<String> packages(Path bundle, String header) throws IOException {
        try (JarFile jar = new JarFile(bundle.toFile(), false)) {
            Manifest manifest = jar.getManifest();
            String value =
                    manifest == null ? null : manifest.getMainAttributes().getValue(header);
            return value == null
                    ? new TreeSet<>()
                    : PACKAGE.matcher(QUOTED.matcher(value).replaceAll(""))
                            .results()
                            .map(MatchResult::group)
                            .map(name -> name.replaceAll("^[,;]", ""))
                            .collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
