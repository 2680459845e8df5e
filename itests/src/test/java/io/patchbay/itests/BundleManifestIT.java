// SPDX-License-Identifier: Apache-2.0
package io.patchbay.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** DESIGN 2 and 9, as the built bundles say it in their manifests. */
@NotIn(
        value = {Container.EQUINOX, Container.KARAF},
        because = "it reads the jars and starts no container")
class BundleManifestIT {
    private static final Path BUNDLES = Path.of(System.getProperty("patchbay.bundles"));
    private static final Path NODE_BUNDLES = BUNDLES.resolveSibling("node-bundles");

    /** What libraries inside a provider name: packages of the JDK. Anything else of theirs must be inside, too. */
    private static final Map<String, Set<String>> LIBRARIES_MAY_IMPORT = Map.of(
            "io.patchbay.log.file",
            Set.of(
                    "javax.naming",
                    "javax.naming.spi",
                    "javax.net",
                    "javax.net.ssl",
                    "javax.xml.parsers",
                    "org.xml.sax",
                    "org.xml.sax.helpers"),
            "io.patchbay.state.jdbc",
            Set.of("javax.management", "javax.naming", "javax.naming.spi"),
            "io.patchbay.state.redis",
            Set.of("javax.management", "javax.net", "javax.net.ssl"));

    /** What a bundle of ours may ask a framework for; a name that ends with a dot stands for all below it. */
    private static final Set<String> MAY_IMPORT = Set.of(
            "io.patchbay.admin",
            "io.patchbay.hostservice",
            "io.patchbay.hostservice.codec",
            "io.patchbay.plugin",
            "io.patchbay.port",
            "io.patchbay.provider",
            "io.patchbay.provider.clock",
            "io.patchbay.provider.log",
            "io.patchbay.provider.node",
            "io.patchbay.provider.state",
            "io.patchbay.provider.uuid",
            "org.apache.felix.service.command",
            "org.osgi.",
            "org.jspecify.annotations",
            "javax.crypto",
            "javax.crypto.spec",
            "javax.servlet",
            "javax.servlet.http",
            "javax.sql",
            "org.sqlite");

    static Stream<String> ours() throws IOException {
        try (Stream<Path> ofNode = Files.list(NODE_BUNDLES)) {
            return Stream.concat(EmbeddedContainer.shipped().stream(), ofNode.toList().stream())
                    .map(jar -> jar.getFileName().toString())
                    .filter(name -> name.startsWith("io.patchbay.") && name.endsWith(".jar"));
        }
    }

    @ParameterizedTest
    @MethodSource("ours")
    void onlyTheApiExportsPackages(String jar) throws IOException {
        Set<String> exported = packages(jar, "Export-Package");

        if (jar.startsWith("io.patchbay.api-")) {
            assertThat(MAY_IMPORT).containsAll(exported);
            return;
        }
        assertThat(exported).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("ours")
    void aBundleImportsTheApiTheSpecificationsAndNothingThatSurprises(String jar) throws IOException {
        Set<String> ofLibraries = LIBRARIES_MAY_IMPORT.getOrDefault(jar.replaceFirst("-.*", ""), Set.of());
        assertThat(packages(jar, "Import-Package"))
                .filteredOn(imported -> !ofLibraries.contains(imported))
                .allSatisfy(imported -> assertThat(MAY_IMPORT)
                        .as(imported)
                        .anyMatch(allowed ->
                                allowed.equals(imported) || (allowed.endsWith(".") && imported.startsWith(allowed))));
    }

    @ParameterizedTest
    @MethodSource("ours")
    void noBundleImportsWhateverIsThereOrOnDemand(String jar) throws IOException {
        try (JarFile file = new JarFile(path(jar).toFile())) {
            assertThat(file.getManifest().getMainAttributes().getValue("DynamicImport-Package"))
                    .isNull();
        }
    }

    private static Set<String> packages(String jar, String header) throws IOException {
        try (JarFile file = new JarFile(path(jar).toFile())) {
            String value = file.getManifest().getMainAttributes().getValue(header);
            if (value == null) {
                return Set.of();
            }
            String names = value.replaceAll("\"[^\"]*\"", "");
            return Arrays.stream(names.split(","))
                    .flatMap(clause -> Arrays.stream(clause.split(";")))
                    .filter(part -> !part.contains("="))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static Path path(String jar) {
        return Stream.of(BUNDLES, BUNDLES.resolveSibling("provider-bundles"), NODE_BUNDLES)
                .map(folder -> folder.resolve(jar))
                .filter(Files::exists)
                .findFirst()
                .orElseThrow();
    }
}
