// SPDX-License-Identifier: Apache-2.0
package io.patchbay.launcher;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceListener;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;

/**
 * One embedded framework with our bundles, from boot to stop.
 *
 * <p>{@link #close()} may be called by any thread, at any time and more than once: the shutdown hook and the main
 * thread meet there.
 */
final class Node implements AutoCloseable {
    private static final String COMMAND_LINE =
            "(&(" + Constants.OBJECTCLASS + "=" + ToIntFunction.class.getName() + ")(patchbay.command.line=true))";

    private static final String START_GROUP = "patchbay.start";

    /** Longer than the drain ceiling of a slot (DESIGN 5), shorter than what kills an impatient process manager's child. */
    private static final Duration STOPS = Duration.ofSeconds(8);

    private final Path data;
    private final Storage storage;
    private final Framework framework;
    private final PrintStream err;
    private final List<Bundle> installed = new ArrayList<>();
    private volatile boolean closed;

    private Node(Path data, Storage storage, Framework framework, PrintStream err) {
        this.data = data;
        this.storage = storage;
        this.framework = framework;
        this.err = err;
    }

    /**
     * A node that is not started yet, with its own temporary framework storage.
     *
     * @param listen where plugins answer, in a node that stays
     * @param groups what it will consist of
     */
    static Node create(Path data, ListenOption listen, Set<BundleGroup> groups, PrintStream err) throws IOException {
        Storage storage = Storage.create();
        boolean stays = groups.contains(BundleGroup.NODE);
        Map<String, Object> settings = stays
                ? NodeSettings.ofOneThatStays(storage.path(), data, listen)
                : NodeSettings.of(storage.path(), data);
        if (stays) {
            AdminListener.configure(settings, storage.path());
        }
        if (groups.contains(BundleGroup.CONSOLE)) {
            NodeSettings.allowConsole(settings);
        }
        settings.put("felix.log.logger", new StandardErrorLogger(err));
        FrameworkFactory factory =
                ServiceLoader.load(FrameworkFactory.class).findFirst().orElseThrow();
        return new Node(data, storage, factory.newFramework(configuration(settings)), err);
    }

    /** Felix takes objects in its configuration, against the type of the specification's method. */
    @SuppressWarnings({"unchecked", "rawtypes"})
    private static Map<String, String> configuration(Map settings) {
        return settings;
    }

    /**
     * Installs the bundles of the groups and starts those that start at once; one that does not start is reported and the
     * others go on. Each other group is started by whoever runs the service {@code Runnable} with the property
     * {@code patchbay.start} and the group's name.
     */
    void start(NestedBundles bundles, Set<BundleGroup> groups) throws IOException, BundleException {
        framework.init();
        BundleContext context = framework.getBundleContext();
        BundleInstaller installer = new BundleInstaller(context, bundles, err);
        for (BundleGroup group : groups) {
            if (group.startsAtOnce()) {
                installed.addAll(installer.install(group));
                continue;
            }
            DeferredGroup deferred = new DeferredGroup(deferred(group, groups, installer), installer);
            Map<String, String> name = Map.of(START_GROUP, group.name().toLowerCase(Locale.ROOT));
            context.registerService(Runnable.class, deferred, FrameworkUtil.asDictionary(name));
        }
        framework.start();
        installer.start(installed);
    }

    /**
     * What a group will consist of. Others use packages of the console, and find them only where it is installed before they
     * are resolved; nobody uses a provider's, and a command that opens no data folder is spared installing them.
     */
    private Supplier<List<Bundle>> deferred(BundleGroup group, Set<BundleGroup> groups, BundleInstaller installer)
            throws IOException, BundleException {
        if (group != BundleGroup.PROVIDERS) {
            List<Bundle> members = installer.install(group);
            return () -> members;
        }
        // A node that stays takes the bundles in the data folder by watching it; another one has to take the same.
        return () -> installer.installProviders(
                groups.contains(BundleGroup.WATCH) ? Optional.empty() : Optional.of(new OperatorFiles(data)));
    }

    /** The function that runs a command line, once the shell offers it; empty if it does not come in time. */
    Optional<ToIntFunction<String[]>> awaitCommandLine(Duration limit) throws InterruptedException {
        BundleContext context = framework.getBundleContext();
        Semaphore changes = new Semaphore(0);
        ServiceListener listener = event -> changes.release();
        try {
            context.addServiceListener(listener, COMMAND_LINE);
            long end = System.nanoTime() + limit.toNanos();
            Optional<ToIntFunction<String[]>> present = commandLine(context);
            // A change may also be that the one before goes.
            while (present.isEmpty() && changes.tryAcquire(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                present = commandLine(context);
            }
            return present;
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
