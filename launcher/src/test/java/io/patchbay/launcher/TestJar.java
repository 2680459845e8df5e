// SPDX-License-Identifier: Apache-2.0
package io.patchbay.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;

/** Writes executable jars with bundles of the test's own. */
final class TestJar {
    private final Map<String, byte[]> bundles = new LinkedHashMap<>();
    private BundleGroup group = BundleGroup.ALWAYS;

    /** What is added from here on goes into another group. */
    TestJar in(BundleGroup next) {
        group = next;
        return this;
    }

    TestJar with(String name, Map<String, String> headers, Class<?>... classes) throws IOException {
        return with(name, headers, Map.of(), classes);
    }

    TestJar with(String name, Map<String, String> headers, Map<String, String> resources, Class<?>... classes)
            throws IOException {
        return put(name, bundle(name, headers, resources, classes));
    }

    /** The bytes of a bundle. */
    static byte[] bundle(String name, Map<String, String> headers, Map<String, String> resources, Class<?>... classes)
            throws IOException {
        Manifest manifest = manifest();
        manifest.getMainAttributes().putValue("Bundle-ManifestVersion", "2");
        manifest.getMainAttributes().putValue("Bundle-SymbolicName", name);
        headers.forEach(manifest.getMainAttributes()::putValue);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream jar = new JarOutputStream(bytes, manifest)) {
            for (Map.Entry<String, String> resource : resources.entrySet()) {
                put(jar, resource.getKey(), resource.getValue().getBytes(UTF_8));
            }
            for (Class<?> type : classes) {
                String path = type.getName().replace('.', '/') + ".class";
                try (InputStream in = type.getClassLoader().getResourceAsStream(path)) {
                    put(jar, path, in.readAllBytes());
                }
            }
        }
        return bytes.toByteArray();
    }

    private TestJar put(String name, byte[] bytes) {
        bundles.put(group.folder() + name + ".jar", bytes);
        return this;
    }

    /** Adds a bundle that the launcher ships, from the class path of the tests. */
    TestJar withLibrary(String artifactId) throws IOException {
        String[] classPath = System.getProperty("java.class.path").split(File.pathSeparator);
        for (String element : classPath) {
            Path file = Path.of(element);
            if (file.getFileName().toString().startsWith(artifactId + "-")) {
                return put(artifactId, Files.readAllBytes(file));
            }
        }
        throw new IOException(artifactId + " is not on the class path");
    }

    TestJar withStubShell() throws IOException {
        return with(
                "stub",
                Map.of("Bundle-Activator", StubShell.class.getName(), "Import-Package", "org.osgi.framework"),
                StubShell.class);
    }

    Path write(Path file) throws IOException {
        Manifest manifest = manifest();
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, Main.class.getName());
        try (OutputStream out = Files.newOutputStream(file);
                JarOutputStream jar = new JarOutputStream(out, manifest)) {
            for (Map.Entry<String, byte[]> bundle : bundles.entrySet()) {
                put(jar, bundle.getKey(), bundle.getValue());
            }
        }
        return file;
    }

    private static Manifest manifest() {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        return manifest;
    }

    private static void put(JarOutputStream jar, String path, byte[] bytes) throws IOException {
        jar.putNextEntry(new ZipEntry(path));
        jar.write(bytes);
        jar.closeEntry();
    }
}
