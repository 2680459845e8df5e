// SPDX-License-Identifier: Apache-2.0
package io.patchbay.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The doctor of a node that lacks a store, a console, an HTTP service, and more with each test: a finding for each cause. */
@NotIn(value = Container.KARAF, because = "Karaf brings what this node lacks; bench/run docs-integrate asks its doctor")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DoctorIT {
    private static final String NO_STATE = "nothing serves the kind state";

    /** What this node never has, and whatever the machine of the tests is. */
    private static final List<String> ADVICE = List.of(
            "there is no Metatype Service",
            "there is no HTTP Whiteboard",
            "there is no Gogo",
            "io.patchbay.deploy is not installed");

    @TempDir
    static Path folder;

    private static TestNode node;

    @BeforeAll
    static void startNode() throws Exception {
        node = TestNode.start(
                folder,
                Map.of(),
                jars -> jars.stream()
                        .filter(jar -> !jar.getFileName().toString().startsWith("io.patchbay.state."))
                        .toList());
    }

    @AfterAll
    static void stopNode() throws IOException {
        node.close();
    }

    private static Probe.Reply type(String verb) {
        return node.probe().run("verb", "verb", verb, "arguments", List.of(), "options", Map.of("--json", ""));
    }

    /** The findings that are not about the JVM of the tests. */
    private static List<JsonObject> findings(int exitCode) {
        Probe.Reply reply = type("doctor");
        assertThat(reply.orFail().values()).containsEntry("exitCode", exitCode);
        return StreamSupport.stream(
                        new Verbs.Answer(reply)
                                .json()
                                .getAsJsonArray("findings")
                                .spliterator(),
                        false)
                .map(JsonElement::getAsJsonObject)
                .filter(finding -> !text(finding, "what").matches("(the JVM|Java \\d+) runs without .*"))
                .toList();
    }

    private static String text(JsonObject finding, String name) {
        return finding.get(name).getAsString();
    }

    private static List<String> what(List<JsonObject> findings, String weight) {
        return findings.stream()
                .filter(finding -> text(finding, "weight").equals(weight))
                .map(finding -> text(finding, "what"))
                .toList();
    }

    private static JsonObject only(List<JsonObject> findings, String what) {
        return findings.stream()
                .filter(finding -> text(finding, "what").startsWith(what))
                .reduce((one, other) -> {
                    throw new AssertionError("said twice: " + one + ", " + other);
                })
                .orElseThrow(() -> new AssertionError(what + " is not among " + findings));
    }

    @Test
    @Order(1)
    void whatIsMissingIsSaidOnceEachTheGravestFirst() {
        List<JsonObject> findings = findings(5);

        assertThat(what(findings, "hinders")).containsExactly(NO_STATE);
        assertThat(what(findings, "advice")).containsExactlyInAnyOrderElementsOf(ADVICE);
        assertThat(text(findings.get(0), "remedy"))
                .isEqualTo("bundle io.patchbay.state.sqlite, in bundle/ of our archive");
    }

    @Test
    @Order(1)
    void withoutThePatchBayTheDoctorAnswersAndOtherVerbsSendThere() throws Exception {
        node.container().stop("io.patchbay.bay");
        try {
            List<JsonObject> findings = findings(5);

            assertThat(what(findings, "hinders"))
                    .singleElement()
                    .asString()
                    .matches("io[.]patchbay[.]bay .* is not started");
            assertThat(text(findings.get(0), "effect"))
                    .isEqualTo("no provider is chosen, so no plugin is served; waiting for it: io.patchbay.runtime,"
                            + " io.patchbay.shell");
            assertThat(text(findings.get(0), "remedy")).matches("start \\d+");
            assertThat(what(findings, "advice")).containsExactlyInAnyOrderElementsOf(ADVICE);
            assertThat(type("status").error()).startsWith("UNAVAILABLE").contains("'doctor' says which");
        } finally {
            node.container().start("io.patchbay.bay");
        }
        assertThat(what(findings(5), "hinders")).containsExactly(NO_STATE);
    }

    @Test
    @Order(1)
    void withoutConfigAdminOneFindingNamesAllThatWaitsForIt() throws Exception {
        node.container().stop("org.apache.felix.configadmin");
        try {
            List<JsonObject> findings = findings(5);

            assertThat(what(findings, "hinders")).containsExactlyInAnyOrder(NO_STATE, "there is no Config Admin");
            assertThat(text(only(findings, "there is no Config Admin"), "effect"))
                    .endsWith("waiting for it: io.patchbay.bay, io.patchbay.lifecycle");
        } finally {
            node.container().start("org.apache.felix.configadmin");
        }
        assertThat(what(findings(5), "hinders")).containsExactly(NO_STATE);
    }

    /** Last: two bundles of one name are in the way of the others. */
    @Test
    @Order(2)
    void aSecondApiIsSaidWithWhoIsWiredToWhich() throws Exception {
        Path second = secondApi();
        Path stranger = bundle("stranger", Map.of("Import-Package", "io.patchbay.provider;version=\"[9,10)\""), null);
        node.container().install(List.of(second));
        node.container().install(List.of(stranger));

        JsonObject finding = only(findings(5), "the API is there more than once");

        assertThat(text(finding, "weight")).isEqualTo("hinders");
        assertThat(text(finding, "what"))
                .matches(
                        "the API is there more than once: io[.]patchbay[.]api 0[.]1[.]0.* [(]bundle \\d+, packages .*[)],"
                                + " which \\d+ bundles use; io[.]patchbay[.]api 9[.]0[.]0 [(]bundle \\d+, packages 9[.]0[.]0[)],"
                                + " which stranger uses");
        assertThat(text(finding, "remedy")).matches("uninstall \\d+, then refresh");
    }

    @Test
    @Order(1)
    void aBundleOfOursThatCannotBeResolvedIsSaidWithWhatItLacks() throws Exception {
        Path lacking = bundle(
                "io.patchbay.lacking", Map.of("Import-Package", "io.patchbay.provider;version=\"[8.1,8.2)\""), null);
        assertThatThrownBy(() -> node.container().install(lacking)).hasMessageContaining("io.patchbay.provider");
        try {
            JsonObject finding = only(findings(5), "io.patchbay.lacking");

            assertThat(text(finding, "what"))
                    .startsWith("io.patchbay.lacking 9.0.0 is not resolved: nothing offers package io.patchbay.provider"
                            + " [8.1.0,8.2.0) (what is there is 1.");
        } finally {
            node.container().uninstall("io.patchbay.lacking");
        }
    }

    /** The API of another release: the same classes in packages of another version. */
    private static Path secondApi() throws IOException {
        Path shipped = EmbeddedContainer.shipped().stream()
                .filter(jar -> jar.getFileName().toString().startsWith("io.patchbay.api"))
                .findFirst()
                .orElseThrow();
        try (JarFile jar = new JarFile(shipped.toFile())) {
            Attributes main = jar.getManifest().getMainAttributes();
            String exports = main.getValue("Export-Package").replaceAll("version=\"1[.][0-9.]+\"", "version=\"9.0.0\"");
            return bundle("io.patchbay.api", Map.of("Export-Package", exports), jar);
        }
    }

    /** A bundle of version 9 with these headers, and the classes of a jar if there is one. */
    private static Path bundle(String name, Map<String, String> headers, JarFile classes) throws IOException {
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.putValue("Bundle-ManifestVersion", "2");
        main.putValue("Bundle-SymbolicName", name);
        main.putValue("Bundle-Version", "9.0.0");
        headers.forEach(main::putValue);
        Path file = folder.resolve(name + "-9.jar");
        try (OutputStream out = Files.newOutputStream(file);
                JarOutputStream jar = new JarOutputStream(out, manifest)) {
            if (classes != null) {
                for (JarEntry entry : classes.stream()
                        .filter(one -> one.getName().endsWith(".class"))
                        .toList()) {
                    jar.putNextEntry(new JarEntry(entry.getName()));
                    classes.getInputStream(entry).transferTo(jar);
                }
            }
        }
        return file;
    }
}
