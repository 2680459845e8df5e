// SPDX-License-Identifier: Apache-2.0
package io.patchbay.shell;

import io.patchbay.admin.AdminAddress;
import io.patchbay.admin.AdminException;
import io.patchbay.admin.PluginAddress;
import java.time.Duration;
import java.util.Collection;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTracker;

/** Reaches what the launcher offers beside the bundles: groups of bundles that wait to be started. */
final class FrameworkStarter implements StartCommand.Starter {
    private static final String HOST = "org.apache.felix.http.host";
    private static final String PORT = "org.osgi.service.http.port";

    private final BundleContext context;

    FrameworkStarter(BundleContext context) {
        this.context = context;
    }

    @Override
    public boolean start(String group) {
        try {
            Collection<ServiceReference<Runnable>> found =
                    context.getServiceReferences(Runnable.class, "(patchbay.start=" + group + ")");
            for (ServiceReference<Runnable> reference : found) {
                Runnable starter = context.getService(reference);
                if (starter != null) {
                    starter.run();
                    context.ungetService(reference);
                }
            }
            return !found.isEmpty();
        } catch (InvalidSyntaxException e) {
            throw new IllegalArgumentException(group, e);
        }
    }

    @Override
    public void listen(Consumer<String> warnings) {
        new Warnings(context, warnings).open();
    }

    @Override
    public void listenForRequests() throws AdminException {
        new WantedPort(property(HOST), property(PORT)).requireFree();
        start("http");
    }

    private String property(String name) {
        return Objects.requireNonNullElse(context.getProperty(name), "");
    }

    @Override
    public Optional<AdminAddress> awaitAddress(Duration limit) throws InterruptedException {
        return await(AdminAddress.class, limit);
    }

    @Override
    public Optional<PluginAddress> awaitPluginAddress(Duration limit) throws InterruptedException {
        return await(PluginAddress.class, limit);
    }

    private <T> Optional<T> await(Class<T> type, Duration limit) throws InterruptedException {
        ServiceTracker<T, T> tracker = new ServiceTracker<>(context, type, null);
        tracker.open();
        try {
            @Nullable T service = tracker.waitForService(limit.toMillis());
            return Optional.ofNullable(service);
        } finally {
            tracker.close();
        }
    }
}
