// SPDX-License-Identifier: Apache-2.0
package io.patchbay.launcher;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;

/** A group of bundles that is installed and started when it is run for the first time. Thread-safe. */
final class DeferredGroup implements Runnable {
    private final BundleGroup group;
    private final BundleInstaller installer;
    private final Optional<OperatorFiles> dropped;
    private final PrintStream err;
    private boolean started;

    /**
     * Makes one.
     *
     * @param dropped whose bundles come with the group; empty for none
     */
    DeferredGroup(BundleGroup group, BundleInstaller installer, Optional<OperatorFiles> dropped, PrintStream err) {
        this.group = group;
        this.installer = installer;
        this.dropped = dropped;
        this.err = err;
    }

    @Override
    public synchronized void run() {
        if (started) {
            return;
        }
        started = true;
        List<Bundle> bundles = new ArrayList<>();
        try {
            bundles.addAll(installer.install(group));
        } catch (IOException | BundleException e) {
            err.println("patchbay: the bundles in " + group.folder() + " cannot be used: " + e.getMessage());
        }
        dropped.map(installer::install).ifPresent(bundles::addAll);
        installer.start(bundles);
    }
}
