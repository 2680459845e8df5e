// SPDX-License-Identifier: Apache-2.0
package io.patchbay.itests;

import aQute.bnd.osgi.Builder;
import aQute.bnd.osgi.Jar;
import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Makes a bundle of one package of the tests, as a stranger would make one: component annotations, imports by bnd. */
final class ProbeBundle {
    private ProbeBundle() {}

    /**
     * Writes the bundle.
     *
     * @param packageName the package, which is also the symbolic name
     * @param folder where to
     */
    static Path of(String packageName, Path folder) throws Exception {
        List<File> classPath = Arrays.stream(
                        System.getProperty("java.class.path").split(File.pathSeparator))
                .map(File::new)
                .filter(File::exists)
                .toList();
        try (Builder builder = new Builder()) {
            builder.setClasspath(classPath.toArray(File[]::new));
            builder.setBundleSymbolicName(packageName);
            builder.setBundleVersion("1.0.0");
            builder.setPrivatePackage(packageName);
            builder.setProperty("-noimportjava", "true");
            Jar jar = builder.build();
            if (!builder.getErrors().isEmpty()) {
                throw new AssertionError("probe " + packageName + ": " + builder.getErrors());
            }
            Path file = folder.resolve(packageName + ".jar");
            jar.write(file.toFile());
            return file;
        }
    }
}
