// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.stress;

import io.patchbay.bench.node.EmbeddedNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarInputStream;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;

/** A bundle in the node, and what happens to bundles on a Tuesday afternoon. For one thread. */
final class ManagedBundle {
    private final EmbeddedNode node;
    private final String name;
    private final byte[] jar;
    private Bundle bundle;

    /**
     * Manages a bundle.
     *
     * @param name its place when it is installed again
     * @param jar what it is updated to
     */
    ManagedBundle(EmbeddedNode node, String name, byte[] jar, Bundle bundle) {
        this.node = node;
        this.name = name;
        this.jar = jar;
        this.bundle = bundle;
    }

    /** Installs and starts another bundle of the same content, under a symbolic name of its own. */
    static ManagedBundle variant(EmbeddedNode node, Path jar, String symbolicName) throws IOException, BundleException {
        byte[] bytes = renamed(jar, symbolicName);
        return new ManagedBundle(node, symbolicName, bytes, node.add(symbolicName, bytes));
    }

    private static byte[] renamed(Path jar, String symbolicName) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (InputStream file = Files.newInputStream(jar);
                JarInputStream from = new JarInputStream(file)) {
            Manifest manifest = new Manifest(from.getManifest());
            manifest.getMainAttributes().putValue(Constants.BUNDLE_SYMBOLICNAME, symbolicName);
            try (JarOutputStream to = new JarOutputStream(bytes, manifest)) {
                for (ZipEntry entry = from.getNextEntry(); entry != null; entry = from.getNextEntry()) {
                    to.putNextEntry(new ZipEntry(entry.getName()));
                    from.transferTo(to);
                }
            }
        }
        return bytes.toByteArray();
    }

    String name() {
        return name;
    }

    void update() throws BundleException {
        bundle.update(new ByteArrayInputStream(jar));
    }

    void restart() throws BundleException {
        bundle.stop();
        bundle.start();
    }

    void reinstall() throws BundleException {
        bundle.uninstall();
        bundle = node.add(name, jar);
    }

    void refresh() throws InterruptedException {
        node.refresh(bundle);
    }

    void start() throws BundleException {
        bundle.start();
    }

    void stop() throws BundleException {
        bundle.stop();
    }
}
