// SPDX-License-Identifier: Apache-2.0
package io.patchbay.launcher;

import java.util.List;
import java.util.function.Supplier;
import org.osgi.framework.Bundle;

/** A group of bundles that is started when it is run for the first time. Thread-safe. */
final class DeferredGroup implements Runnable {
    private final Supplier<List<Bundle>> bundles;
    private final BundleInstaller installer;
    private boolean started;

    DeferredGroup(Supplier<List<Bundle>> bundles, BundleInstaller installer) {
        this.bundles = bundles;
        this.installer = installer;
    }

    @Override
    public synchronized void run() {
        if (!started) {
            started = true;
            installer.start(bundles.get());
        }
    }
}
