// SPDX-License-Identifier: Apache-2.0
package io.patchbay.launcher;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.ToIntFunction;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceListener;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;
import org.osgi.framework.wiring.BundleRevision;

/**
 * One embedded framework with our bundles, from boot to stop.
 *
 * <p>{@link #close()} may be called by any thread, at any time and more than once: the shutdown hook and the main
 * thread meet there.
 */
final class Node implements AutoCloseable {
    private static final String COMMAND_LINE =
            "(&(" + Constants.OBJECTCLASS + "=" + ToIntFunction.class.getName() + ")(patchbay.command.line=true))";

    /** Longer than the drain ceiling of a slot (DESIGN 5), shorter than what kills an impatient process manager's child. */
    private static final Duration STOPS = Duration.ofSeconds(8);

    private final Storage storage;
    private final Framework framework;
    private final PrintStream err;
    private final List<Bundle> installed = new ArrayList<>();
    private volatile boolean closed;

    private Node(Storage storage, Framework framework, PrintStream err) {
        this.storage = storage;
        this.framework = framework;
        this.err = err;
    }

    /** A node that is not started yet, with its own temporary framework storage. */
    static Node create(Path data, PrintStream err) throws IOException {
        Storage storage = Storage.create();
        Map<String, Object> settings = new HashMap<>();
        settings.put(Constants.FRAMEWORK_STORAGE, storage.path().toString());
        settings.put("patchbay.data", data.toString());
        // The folder is opened, or created, only by a verb that needs it.
        settings.put("patchbay.data.open", "demand");
        // One process owns this storage; and nothing here asks for bundles by URL.
        settings.put("felix.cache.locking", "false");
        settings.put("felix.service.urlhandlers", "false");
        settings.put("felix.bootdelegation.implicit", "false");
        // Its warnings are about events that nobody waits for any more when a command has ended.
        settings.put("org.apache.felix.eventadmin.LogLevel", "1");
        settings.put("felix.log.logger", new StandardErrorLogger(err));
        FrameworkFactory factory =
                ServiceLoader.load(FrameworkFactory.class).findFirst().orElseThrow();
        return new Node(storage, factory.newFramework(configuration(settings)), err);
    }

    /** Felix takes objects in its configuration, against the type of the specification's method. */
    @SuppressWarnings({"unchecked", "rawtypes"})
    private static Map<String, String> configuration(Map settings) {
        return settings;
    }

    /** Installs every bundle, then starts them; one that does not start is reported and the others go on. */
    void start(NestedBundles bundles) throws IOException, BundleException {
        framework.init();
        BundleContext context = framework.getBundleContext();
        bundles.<BundleException>forEach(
                (name, bytes) -> installed.add(context.installBundle("nested:" + name, bytes)));
        framework.start();
        for (Bundle bundle : installed) {
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

    /** The function that runs a command line, once the shell offers it; empty if it does not come in time. */
    Optional<ToIntFunction<String[]>> awaitCommandLine(Duration limit) throws InterruptedException {
        BundleContext context = framework.getBundleContext();
        CountDownLatch came = new CountDownLatch(1);
        ServiceListener listener = event -> came.countDown();
        try {
            context.addServiceListener(listener, COMMAND_LINE);
            Optional<ToIntFunction<String[]>> present = commandLine(context);
            if (present.isPresent() || !came.await(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                return present;
            }
            return commandLine(context);
        } catch (InvalidSyntaxException e) {
            throw new AssertionError(COMMAND_LINE, e);
        } finally {
            context.removeServiceListener(listener);
        }
    }

    @SuppressWarnings("unchecked")
    private static Optional<ToIntFunction<String[]>> commandLine(BundleContext context) throws InvalidSyntaxException {
        ServiceReference<?>[] found = context.getAllServiceReferences(null, COMMAND_LINE);
        return found == null
                ? Optional.empty()
                : Optional.ofNullable((ToIntFunction<String[]>) context.getService(found[0]));
    }

    /** One line for each bundle that is not active and each component that is not satisfied, with the reason. */
    List<String> describeTroubles() {
        List<String> lines = Troubles.describe(framework.getBundleContext(), installed);
        return lines.isEmpty()
                ? List.of("  every bundle is active, and none offers the service " + COMMAND_LINE)
                : lines;
    }

    /** Whether somebody has begun to stop this node. */
    boolean isClosed() {
        return closed;
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            framework.stop();
            if (framework.waitForStop(STOPS.toMillis()).getType() == FrameworkEvent.WAIT_TIMEDOUT) {
                err.println("patchbay: the node did not stop within " + STOPS.toSeconds() + " s; ending anyway");
            }
        } catch (BundleException e) {
            err.println("patchbay: the node did not stop cleanly: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        storage.delete();
    }
}
