// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.node;

import io.patchbay.itests.echo.EchoHostService;
import io.patchbay.itests.probe.Probe;
import io.patchbay.itests.provider.SpareState;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;

/** The bundles in the launcher's jar, exactly as they are shipped. */
public final class ShippedBundles {
    private static final String FOLDER = "bundles/";
    private static final String LAUNCHER = "io.patchbay.launcher.Main";

    private ShippedBundles() {}

    /** The executable jar itself. */
    public static Path launcher() {
        try {
            return jarOf(Class.forName(LAUNCHER, false, ShippedBundles.class.getClassLoader()));
        } catch (ClassNotFoundException e) {
            throw new AssertionError("the launcher's jar is not on the class path", e);
        }
    }

    /** Writes the bundles that every node has into a folder; gives them in the order of their names. */
    public static List<Path> unpack(Path folder) throws IOException {
        return unpack(FOLDER, folder);
    }

    /** Writes the bundles that a node which stays has besides into a folder. */
    public static List<Path> unpackOfNode(Path folder) throws IOException {
        return unpack("node-bundles/", folder);
    }

    /** Writes the bundles of the HTTP service into a folder. */
    public static List<Path> unpackOfHttp(Path folder) throws IOException {
        return unpack("http-bundles/", folder);
    }

    /** Writes the bundles of the providers that an operator chooses into a folder. */
    public static List<Path> unpackProviders(Path folder) throws IOException {
        return unpack("provider-bundles/", folder);
    }

    /** Writes the bundles of Gogo into a folder. */
    public static List<Path> unpackOfConsole(Path folder) throws IOException {
        return unpack("console-bundles/", folder);
    }

    private static List<Path> unpack(String inside, Path folder) throws IOException {
        List<Path> jars = new ArrayList<>();
        try (JarFile file = new JarFile(launcher().toFile(), false)) {
            List<? extends ZipEntry> entries = file.stream()
                    .filter(entry -> entry.getName().startsWith(inside)
                            && entry.getName().endsWith(".jar"))
                    .sorted(Comparator.comparing(ZipEntry::getName))
                    .toList();
            for (ZipEntry entry : entries) {
                Path jar = folder.resolve(entry.getName().substring(inside.length()));
                try (InputStream bytes = file.getInputStream(entry)) {
                    Files.copy(bytes, jar);
                }
                jars.add(jar);
            }
        }
        if (jars.isEmpty()) {
            throw new IOException("no bundles in " + launcher() + "; build it with: mvn package");
        }
        return List.copyOf(jars);
    }

    /** Copies the bundles of the integration tests, under the names without version that those look for. */
    public static void copyProbes(Path folder) throws IOException {
        for (Class<?> member : List.of(Probe.class, EchoHostService.class, SpareState.class)) {
            Files.copy(jarOf(member), folder.resolve(member.getPackageName() + ".jar"));
        }
    }

    /** The jar that a class came from. */
    public static Path jarOf(Class<?> member) {
        try {
            Path place = Path.of(
                    member.getProtectionDomain().getCodeSource().getLocation().toURI());
            if (!Files.isRegularFile(place)) {
                throw new AssertionError(member.getName() + " comes from a folder; build with: mvn verify");
            }
            return place;
        } catch (URISyntaxException e) {
            throw new AssertionError(member.getName(), e);
        }
    }
}
