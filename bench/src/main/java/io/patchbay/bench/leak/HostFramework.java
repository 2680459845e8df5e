// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.leak;

import io.patchbay.bench.node.NodeFramework;
import io.patchbay.bench.node.ShippedBundles;
import io.patchbay.itests.probe.Probe;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.ServiceLoader;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;
import org.osgi.framework.wiring.FrameworkWiring;

/**
 * A container of somebody else: a framework with Declarative Services, Config Admin, Log Service, Gogo and an HTTP Whiteboard,
 * into which everything that we ship is put, and out of which it is taken again. Used by one thread.
 */
final class HostFramework {
    static final String OURS = "io.patchbay.";

    /** What our features bring besides, and nobody else needs. */
    private static final List<String> LIBRARIES = List.of("sqlite-jdbc-", "postgresql-");

    /** A console on standard input is none of a container that runs without a terminal. */
    private static final List<String> LEFT_OUT = List.of("jline-", "org.apache.felix.gogo.jline-");

    private static final String FELIX = "org.apache.felix.framework.Felix";
    private static final String LOGGER_ADMIN = "org.osgi.service.log.admin.LoggerAdmin";
    private static final String LOG_SERVICE = "org.apache.felix.log";

    private static final long COMES_MILLIS = 30_000;

    private final Framework framework;
    private final Path ours;
    private final Random random;
    private final List<Bundle> installed = new ArrayList<>();

    private HostFramework(Framework framework, Path ours, Random random) {
        this.framework = framework;
        this.ours = ours;
        this.random = random;
    }

    /**
     * Starts the framework that is first on the class path, with what is not ours.
     *
     * @param folder for its storage and, below it, the data folder
     * @param random in which order our bundles come and go
     */
    static HostFramework start(Path folder, Random random) throws IOException, BundleException {
        Path ours = Files.createDirectory(folder.resolve("ours"));
        Path others = Files.createDirectory(folder.resolve("others"));
        sort(Files.createDirectory(folder.resolve("shipped")), ours, others);
        Files.copy(ShippedBundles.jarOf(Probe.class), ours.resolve("io.patchbay.itests.probe.jar"));
        Framework framework = ServiceLoader.load(FrameworkFactory.class)
                .findFirst()
                .orElseThrow()
                .newFramework(NodeFramework.properties(folder));
        framework.start();
        HostFramework host = new HostFramework(framework, ours, random);
        for (Bundle bundle : host.install(jars(others))) {
            if (host.hasLogService() && LOG_SERVICE.equals(bundle.getSymbolicName())) {
                bundle.uninstall();
            } else {
                bundle.start();
            }
        }
        return host;
    }

    private static void sort(Path shipped, Path ours, Path others) throws IOException {
        ShippedBundles.unpack(shipped);
        ShippedBundles.unpackProviders(shipped);
        ShippedBundles.unpackOfNode(shipped);
        ShippedBundles.unpackOfHttp(shipped);
        ShippedBundles.unpackOfConsole(shipped);
        for (Path jar : jars(shipped)) {
            String name = jar.getFileName().toString();
            if (name.startsWith(OURS) || LIBRARIES.stream().anyMatch(name::startsWith)) {
                Files.move(jar, ours.resolve(name));
            } else if (LEFT_OUT.stream().noneMatch(name::startsWith)) {
                Files.move(jar, others.resolve(name));
            }
        }
    }

    private static List<Path> jars(Path folder) throws IOException {
        try (Stream<Path> jars = Files.list(folder)) {
            return jars.sorted().toList();
        }
    }

    private List<Bundle> install(List<Path> jars) throws IOException, BundleException {
        List<Bundle> bundles = new ArrayList<>();
        for (Path jar : jars) {
            try (InputStream bytes = Files.newInputStream(jar)) {
                bundles.add(framework.getBundleContext().installBundle("bench:" + jar.getFileName(), bytes));
            }
        }
        return bundles;
    }

    /** As Equinox has: docs/integrate/equinox.md takes no other then. */
    private boolean hasLogService() {
        return framework.getBundleContext().getServiceReference("org.osgi.service.log.LogService") != null;
    }

    /** The symbolic name of the framework. */
    String name() {
        return framework.getSymbolicName();
    }

    /** Installs and starts what is ours, in another order each time. */
    void install() throws IOException, BundleException {
        List<Path> jars = new ArrayList<>(jars(ours));
        Collections.shuffle(jars, random);
        installed.addAll(install(jars));
        for (Bundle bundle : installed) {
            bundle.start();
        }
    }

    /** Uninstalls what is ours, in another order each time, and has the framework forget it. */
    void uninstall() throws BundleException, InterruptedException {
        Collections.shuffle(installed, random);
        for (Bundle bundle : installed) {
            bundle.uninstall();
        }
        installed.clear();
        CountDownLatch done = new CountDownLatch(1);
        framework.adapt(FrameworkWiring.class).refreshBundles(null, event -> done.countDown());
        if (!done.await(COMES_MILLIS, TimeUnit.MILLISECONDS)) {
            throw new AssertionError("not refreshed within " + COMES_MILLIS + " ms");
        }
    }

    /**
     * Takes out of Felix what it keeps of uninstalled bundles by itself, class loaders apart: the bundle's object, and with it the
     * entries of its jar. The framework's service registry (7.0.5) notes which bundle has used which service, and strikes that out
     * when the service leaves, but not when the bundle does ({@code ServiceRegistry.ungetServices}); the Log Service (1.3.0) keeps
     * every logger that a bundle ever had, also those that the component runtime asked for in its name.
     *
     * @return how many notes and loggers; in another framework 0
     */
    int forgetUninstalled() throws Exception {
        if (!framework.getClass().getName().equals(FELIX)) {
            return 0;
        }
        Collection<?> users = ((Map<?, ?>) field(field(framework, "m_registry"), "m_inUseMap")).keySet();
        int before = users.size();
        users.removeIf(user -> ((Bundle) user).getState() == Bundle.UNINSTALLED);
        int notes = before - users.size();
        ServiceReference<?> admin = await("(objectClass=" + LOGGER_ADMIN + ")");
        Collection<?> loggers = ((Map<?, ?>) field(service(admin), "_loggers")).values();
        before = loggers.size();
        for (Iterator<?> all = loggers.iterator(); all.hasNext(); ) {
            if (((Bundle) field(all.next(), "m_bundle")).getState() == Bundle.UNINSTALLED) {
                all.remove();
            }
        }
        return notes + before - loggers.size();
    }

    private static Object field(Object target, String name) throws ReflectiveOperationException {
        for (Class<?> type = target.getClass(); type != null; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (field.getName().equals(name)) {
                    field.setAccessible(true);
                    return Objects.requireNonNull(field.get(target), name);
                }
            }
        }
        throw new NoSuchFieldException(target.getClass() + "." + name);
    }

    /** The services that are registered by us, or of a type of ours, or with a property of ours. */
    List<String> ourServices() throws InvalidSyntaxException {
        ServiceReference<?>[] all = framework.getBundleContext().getAllServiceReferences(null, null);
        return Arrays.stream(all == null ? new ServiceReference<?>[0] : all)
                .filter(HostFramework::isOurs)
                .map(String::valueOf)
                .toList();
    }

    private static boolean isOurs(ServiceReference<?> service) {
        Bundle bundle = service.getBundle();
        return bundle == null
                || bundle.getSymbolicName().startsWith(OURS)
                || Stream.of((String[]) service.getProperty(Constants.OBJECTCLASS))
                        .anyMatch(type -> type.startsWith(OURS))
                || Stream.of(service.getPropertyKeys()).anyMatch(key -> key.startsWith("patchbay."));
    }

    /**
     * The service that fits, as soon as there is one.
     *
     * @param filter an OSGi filter
     */
    ServiceReference<?> await(String filter) throws InvalidSyntaxException, InterruptedException {
        return NodeFramework.await(framework.getBundleContext(), filter, COMES_MILLIS);
    }

    /** The object behind a service. */
    Object service(ServiceReference<?> reference) {
        return framework.getBundleContext().getService(reference);
    }
}
