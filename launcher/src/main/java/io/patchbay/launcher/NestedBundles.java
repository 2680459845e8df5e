// SPDX-License-Identifier: Apache-2.0
package io.patchbay.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;

/** The bundles nested in the executable jar, in the order of their names. */
final class NestedBundles {
    private final Path jar;

    private NestedBundles(Path jar) {
        this.jar = jar;
    }

    static NestedBundles of(Path jar) {
        return new NestedBundles(jar);
    }

    /** Gives each bundle of a group to {@code visitor}, which must not keep the stream. */
    <E extends Exception> void forEach(BundleGroup group, Visitor<E> visitor) throws IOException, E {
        String folder = group.folder();
        try (JarFile file = new JarFile(jar.toFile(), false)) {
            List<? extends ZipEntry> entries = file.stream()
                    .filter(entry -> entry.getName().startsWith(folder)
                            && entry.getName().endsWith(".jar"))
                    .sorted(Comparator.comparing(ZipEntry::getName))
                    .toList();
            if (entries.isEmpty()) {
                throw new IOException("no bundles in " + folder + " of " + jar + "; build it with: mvn package");
            }
            for (ZipEntry entry : entries) {
                try (InputStream bytes = file.getInputStream(entry)) {
                    visitor.visit(entry.getName().substring(folder.length()), bytes);
                }
            }
        }
    }

    /** What is done with one bundle. */
    interface Visitor<E extends Exception> {
        void visit(String name, InputStream bytes) throws IOException, E;
    }
}
