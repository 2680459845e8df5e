// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.lease;

import io.patchbay.bench.node.ShippedBundles;
import io.patchbay.hostservice.ProviderSlots;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.jar.JarFile;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;

/**
 * A framework with the patch bay as it is shipped and nothing else of ours, whose API is the one on this process's class
 * path: so a benchmark calls a slot as a bundle would, without anything in between.
 */
final class SharedApiNode implements AutoCloseable {
    private static final String API = "io.patchbay.api";
    private static final String BAY = "io.patchbay.bay";
    private static final String OURS = "io.patchbay.";
    private static final long STOPS_MILLIS = 10_000;

    private final Framework framework;

    private SharedApiNode(Framework framework) {
        this.framework = framework;
    }

    static SharedApiNode start(Path folder) throws Exception {
        Path jars = Files.createDirectories(folder.resolve("bundles"));
        List<Path> shipped = ShippedBundles.unpack(jars);
        Framework framework = ServiceLoader.load(FrameworkFactory.class)
                .findFirst()
                .orElseThrow()
                .newFramework(Map.of(
                        Constants.FRAMEWORK_STORAGE,
                        folder.resolve("framework").toString(),
                        Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA,
                        exports(shipped.stream()
                                .filter(jar -> isNamed(jar, API))
                                .findFirst()
                                .orElseThrow())));
        framework.start();
        try {
            List<Bundle> bundles = new ArrayList<>();
            for (Path jar : shipped) {
                if (isNamed(jar, BAY) || !jar.getFileName().toString().startsWith(OURS)) {
                    bundles.add(framework.getBundleContext().installBundle(jar.toUri().toString()));
                }
            }
            for (Bundle bundle : bundles) {
                bundle.start();
            }
            return new SharedApiNode(framework);
        } catch (BundleException e) {
            framework.stop();
            throw e;
        }
    }

    private static boolean isNamed(Path jar, String symbolicName) {
        return jar.getFileName().toString().startsWith(symbolicName + "-");
    }

    private static String exports(Path api) throws IOException {
        try (JarFile file = new JarFile(api.toFile())) {
            return file.getManifest().getMainAttributes().getValue(Constants.EXPORT_PACKAGE);
        }
    }

    BundleContext context() {
        return framework.getBundleContext();
    }

    ProviderSlots slots() {
        ServiceReference<ProviderSlots> found =
                Objects.requireNonNull(context().getServiceReference(ProviderSlots.class), "no patch bay");
        return Objects.requireNonNull(context().getService(found));
    }

    @Override
    public void close() throws Exception {
        framework.stop();
        framework.waitForStop(STOPS_MILLIS);
    }
}
