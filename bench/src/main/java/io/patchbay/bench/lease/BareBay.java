// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.lease;

import io.patchbay.admin.MetricSource;
import io.patchbay.bench.node.ShippedBundles;
import io.patchbay.hostservice.ProviderSlots;
import java.io.IOException;
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
 * A framework with the patch bay as it is shipped and no other bundle of ours. The API is the one on the class path of this
 * process, which the framework exports: so a benchmark calls a slot as any bundle does, with nothing in between.
 */
final class BareBay implements AutoCloseable {
    private static final String API = "io.patchbay.api";
    private static final String BAY = "io.patchbay.bay";
    private static final String OURS = "io.patchbay.";
    private static final long STOPS_MILLIS = 10_000;

    private final Framework framework;

    private BareBay(Framework framework) {
        this.framework = framework;
    }

    /**
     * Starts one.
     *
     * @param folder an empty folder
     */
    static BareBay start(Path folder) throws Exception {
        List<Path> shipped = ShippedBundles.unpack(Files.createDirectories(folder.resolve("bundles")));
        Path api = shipped.stream().filter(jar -> is(API, jar)).findFirst().orElseThrow();
        Framework framework = ServiceLoader.load(FrameworkFactory.class)
                .findFirst()
                .orElseThrow()
                .newFramework(Map.of(
                        Constants.FRAMEWORK_STORAGE,
                        folder.resolve("framework").toString(),
                        Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA,
                        exports(api)));
        framework.start();
        try {
            List<Bundle> bundles = new ArrayList<>();
            for (Path jar : shipped) {
                if (is(BAY, jar) || !jar.getFileName().toString().startsWith(OURS)) {
                    bundles.add(framework
                            .getBundleContext()
                            .installBundle(jar.toUri().toString()));
                }
            }
            for (Bundle bundle : bundles) {
                bundle.start();
            }
        } catch (BundleException e) {
            framework.stop();
            throw e;
        }
        return new BareBay(framework);
    }

    private static boolean is(String symbolicName, Path jar) {
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
        return service(ProviderSlots.class);
    }

    /** The patch bay's counter of this name and kind. */
    double metric(String name, String kind) {
        return service(MetricSource.class).metrics().stream()
                .filter(metric -> metric.name().equals(name)
                        && kind.equals(metric.labels().get("kind")))
                .findFirst()
                .orElseThrow()
                .value();
    }

    private <S> S service(Class<S> type) {
        ServiceReference<S> found =
                Objects.requireNonNull(context().getServiceReference(type), () -> "there is no " + type.getName());
        return Objects.requireNonNull(context().getService(found), type.getName());
    }

    @Override
    public void close() throws BundleException {
        framework.stop();
        try {
            framework.waitForStop(STOPS_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
