// SPDX-License-Identifier: Apache-2.0
package io.patchbay.http;

import io.patchbay.admin.ProviderAdmin;
import io.patchbay.port.Engine;
import io.patchbay.port.RequestAdmission;
import java.util.ArrayList;
import java.util.List;
import org.osgi.framework.BundleContext;
import org.osgi.util.tracker.ServiceTracker;

/** Tells what keeps a node from serving: a part of it that is not there, or a kind that no provider serves. Thread-safe. */
final class Readiness implements AutoCloseable {
    private final ServiceTracker<RequestAdmission, RequestAdmission> plugins;
    private final ServiceTracker<Engine, Engine> engines;
    private final ServiceTracker<ProviderAdmin, ProviderAdmin> providers;

    Readiness(BundleContext context) {
        plugins = new ServiceTracker<>(context, RequestAdmission.class, null);
        engines = new ServiceTracker<>(context, Engine.class, null);
        providers = new ServiceTracker<>(context, ProviderAdmin.class, null);
        plugins.open();
        engines.open();
        providers.open();
    }

    /** What is missing now, a few words each. */
    List<String> missing() {
        List<String> missing = new ArrayList<>();
        if (plugins.getService() == null) {
            missing.add("plugins");
        }
        if (engines.getService() == null) {
            missing.add("engine");
        }
        ProviderAdmin admin = providers.getService();
        if (admin == null) {
            missing.add("providers");
            return missing;
        }
        admin.bindings("").stream()
                .filter(binding -> binding.provider().isEmpty())
                .forEach(binding -> missing.add("provider of " + binding.kind()));
        return missing;
    }

    @Override
    public void close() {
        plugins.close();
        engines.close();
        providers.close();
    }
}
