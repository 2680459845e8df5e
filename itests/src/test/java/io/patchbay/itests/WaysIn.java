// SPDX-License-Identifier: Apache-2.0
package io.patchbay.itests;

import io.patchbay.artifact.assembler.GuestArtifact;
import io.patchbay.artifact.assembler.Guests;
import io.patchbay.itests.harness.Eventually;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/** A node that brings plugins in by the watched directory and by bundles, faster than an operator's would. */
final class WaysIn {
    static final String PID = "io.patchbay.deploy";
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final Probe probe;
    private final Path directory;

    WaysIn(Probe probe, Path data) {
        this.probe = probe;
        this.directory = data.resolve("plugins");
    }

    /** Installs the bundle, where the container's features have not brought it, with short times. */
    static void install(Container container) throws Exception {
        container.configure(PID, Map.of("settle.millis", 100L, "scan.millis", 20L));
        if (!container.states().containsKey(PID)) {
            container.install(jar());
        }
    }

    static Path jar() throws IOException {
        Path folder = Path.of(System.getProperty("patchbay.bundles")).resolveSibling("node-bundles");
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith(PID))
                    .findFirst()
                    .orElseThrow();
        }
    }

    static byte[] release(String plugin, String version) {
        return new GuestArtifact(plugin).version(version).of(Guests.answer(version.getBytes(StandardCharsets.UTF_8)));
    }

    Path file(String name) {
        return directory.resolve(name);
    }

    /** Writes beside and renames over, as careful programs do. */
    void put(String name, byte[] bytes) throws IOException {
        Path unfinished = Files.write(directory.resolve(name + ".part"), bytes);
        Files.move(unfinished, file(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** What a plugin answers; what it fails with, begins with {@code !}. */
    String answer(String plugin) {
        Probe.Reply reply = probe.get(plugin);
        return reply.failed() ? "!" + reply.error() : (String) reply.values().get("text");
    }

    String life(String plugin, String what) {
        return (String) probe.run("life", "plugin", plugin).orFail().values().getOrDefault(what, "");
    }

    String trouble(String source) {
        return (String) probe.run("arrivals").orFail().values().getOrDefault(source, "");
    }

    void awaitAnswer(String plugin, String text) {
        Eventually.holds(LIMIT, () -> answer(plugin).equals(text));
    }

    void awaitState(String plugin, String state) {
        Eventually.holds(LIMIT, () -> life(plugin, "state").equals(state));
    }

    void awaitFile(String name) {
        Eventually.holds(LIMIT, () -> Files.exists(file(name)));
    }

    void awaitNoFile(String name) {
        Eventually.holds(LIMIT, () -> !Files.exists(file(name)));
    }

    /** A bundle that carries one file; the header may point elsewhere. */
    static Path carrier(Path jar, String symbolicName, String version, String header, String entry, byte[] bytes)
            throws IOException {
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.putValue("Bundle-ManifestVersion", "2");
        main.putValue("Bundle-SymbolicName", symbolicName);
        main.putValue("Bundle-Version", version);
        main.putValue("Patchbay-Plugin", header);
        main.putValue(
                "Require-Capability",
                "osgi.extender;filter:=\"(&(osgi.extender=patchbay.plugin)(version>=1.0.0)(!(version>=2.0.0)))\"");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            out.putNextEntry(new ZipEntry(entry));
            out.write(bytes);
            out.closeEntry();
        }
        return jar;
    }
}
