// SPDX-License-Identifier: Apache-2.0
package io.patchbay.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.wiring.BundleRevision;

/** Brings bundles into a framework and starts them; one that cannot be started is reported and the others go on. */
final class BundleInstaller {
    private final BundleContext context;
    private final NestedBundles nested;
    private final PrintStream err;

    BundleInstaller(BundleContext context, NestedBundles nested, PrintStream err) {
        this.context = context;
        this.nested = nested;
        this.err = err;
    }

    /** Installs a group of the jar. */
    List<Bundle> install(BundleGroup group) throws IOException, BundleException {
        List<Bundle> bundles = new ArrayList<>();
        nested.<BundleException>forEach(
                group, (name, bytes) -> bundles.add(context.installBundle("nested:" + name, bytes)));
        return bundles;
    }

    /** Installs the further providers, and what an operator put into the data folder; what cannot be used is reported. */
    List<Bundle> installProviders(Optional<OperatorFiles> dropped) {
        List<Bundle> bundles = new ArrayList<>();
        try {
            bundles.addAll(install(BundleGroup.PROVIDERS));
        } catch (IOException | BundleException e) {
            err.println("patchbay: the further providers cannot be used: " + e.getMessage());
        }
        dropped.map(this::install).ifPresent(bundles::addAll);
        return bundles;
    }

    private List<Bundle> install(OperatorFiles files) {
        List<Bundle> bundles = new ArrayList<>();
        try {
            for (Path jar : files.jars()) {
                try (InputStream bytes = Files.newInputStream(jar)) {
                    bundles.add(context.installBundle(jar.toUri().toString(), bytes));
                } catch (IOException | BundleException e) {
                    err.println("patchbay: " + jar + " is not used: " + e.getMessage());
                }
            }
        } catch (IOException e) {
            err.println("patchbay: what is in " + files.bundles() + " is not used: " + e);
        }
        return bundles;
    }

    /** Starts bundles that are no fragments. */
    void start(List<Bundle> bundles) {
        for (Bundle bundle : bundles) {
            if ((bundle.adapt(BundleRevision.class).getTypes() & BundleRevision.TYPE_FRAGMENT) != 0) {
                continue;
            }
            try {
                bundle.start(Bundle.START_ACTIVATION_POLICY);
            } catch (BundleException e) {
                err.println("patchbay: bundle " + bundle.getSymbolicName() + " does not start: " + e.getMessage());
            }
        }
    }
}
