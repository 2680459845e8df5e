// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.node;

import io.patchbay.itests.probe.Probe;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;
import org.osgi.framework.wiring.FrameworkWiring;

/**
 * A framework in this process with every bundle as it is shipped, and the probe of the integration tests in it, which does
 * what it is asked. Only types of the JDK cross the border. Requests may come from many threads.
 */
public final class EmbeddedNode implements AutoCloseable {
    private static final String PROBE =
            "(&(" + Constants.OBJECTCLASS + "=" + Function.class.getName() + ")(patchbay.probe=true))";
    private static final String CONFIG_ADMIN_BUNDLE = "org.apache.felix.configadmin";
    private static final String WAYS_IN = "io.patchbay.deploy";
    private static final String ENDPOINT = "osgi.http.endpoint";

    private static final long STARTS_MILLIS = 20_000;
    private static final long STOPS_MILLIS = 10_000;
    private static final long REFRESHES_MILLIS = 30_000;

    private final Framework framework;
    private volatile Function<Map<String, Object>, Map<String, Object>> probe;

    private EmbeddedNode(Framework framework, Function<Map<String, Object>, Map<String, Object>> probe) {
        this.framework = framework;
        this.probe = probe;
    }

    /**
     * What a node is started with.
     *
     * @param configurations settings by PID and name, in force before any component is activated; a factory's PID is
     *     followed by {@code ~} and a name
     * @param without symbolic names of shipped bundles that are left out
     * @param with a class of each further bundle, started before the shipped ones, in this order
     */
    public record Setup(
            Map<String, ? extends Map<String, ?>> configurations, Set<String> without, List<Class<?>> with) {
        /** Copies the collections. */
        public Setup {
            configurations = Map.copyOf(configurations);
            without = Set.copyOf(without);
            with = List.copyOf(with);
        }
    }

    /**
     * Starts a node with the bundles as they are shipped.
     *
     * @param folder for the framework's storage and, in its folder {@code data}, the data folder, which may exist already
     * @param configurations settings by PID and name, in force before any component is activated
     */
    public static EmbeddedNode start(Path folder, Map<String, Map<String, String>> configurations) throws Exception {
        return start(folder, new Setup(configurations, Set.of(), List.of()));
    }

    /**
     * Starts a node.
     *
     * @param folder for the framework's storage and, in its folder {@code data}, the data folder, which may exist already
     * @param setup what it consists of, and its settings
     */
    public static EmbeddedNode start(Path folder, Setup setup) throws Exception {
        FrameworkFactory factory =
                ServiceLoader.load(FrameworkFactory.class).findFirst().orElseThrow();
        Map<String, String> properties = NodeFramework.properties(folder);
        properties.put(Constants.FRAMEWORK_STORAGE_CLEAN, Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT);
        Framework framework = factory.newFramework(properties);
        framework.init();
        try {
            List<Bundle> bundles = install(framework.getBundleContext(), setup);
            framework.start();
            if (!setup.configurations().isEmpty()) {
                named(bundles, CONFIG_ADMIN_BUNDLE).start();
                Settings settings = new Settings(framework.getBundleContext());
                for (Map.Entry<String, ? extends Map<String, ?>> entry :
                        setup.configurations().entrySet()) {
                    settings.update(entry.getKey(), entry.getValue());
                }
            }
            for (Bundle bundle : bundles) {
                bundle.start();
            }
            return new EmbeddedNode(framework, awaitProbe(framework.getBundleContext()));
        } catch (Exception | AssertionError e) {
            framework.stop();
            throw e;
        }
    }

    /** A node with default settings. */
    public static EmbeddedNode start(Path folder) throws Exception {
        return start(folder, Map.of());
    }

    private static List<Bundle> install(BundleContext context, Setup setup) throws IOException, BundleException {
        List<Bundle> bundles = new ArrayList<>();
        for (Class<?> member : setup.with()) {
            bundles.add(install(context, ShippedBundles.jarOf(member)));
        }
        Path folder = Files.createTempDirectory("patchbay-bundles-");
        try {
            for (Path jar : ShippedBundles.unpack(folder)) {
                Bundle bundle = install(context, jar);
                Files.delete(jar);
                if (setup.without().contains(bundle.getSymbolicName())) {
                    bundle.uninstall();
                } else {
                    bundles.add(bundle);
                }
            }
        } finally {
            Files.delete(folder);
        }
        bundles.add(install(context, ShippedBundles.jarOf(Probe.class)));
        return bundles;
    }

    private static Bundle install(BundleContext context, Path jar) throws IOException, BundleException {
        try (InputStream bytes = Files.newInputStream(jar)) {
            return context.installBundle("bench:" + jar.getFileName(), bytes);
        }
    }

    private static Bundle named(List<Bundle> bundles, String symbolicName) {
        return bundles.stream()
                .filter(bundle -> symbolicName.equals(bundle.getSymbolicName()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("there is no bundle " + symbolicName));
    }

    private static Function<Map<String, Object>, Map<String, Object>> awaitProbe(BundleContext context)
            throws InvalidSyntaxException, InterruptedException {
        return function(context.getService(await(context, PROBE)));
    }

    private static ServiceReference<?> await(BundleContext context, String filter)
            throws InvalidSyntaxException, InterruptedException {
        return NodeFramework.await(context, filter, STARTS_MILLIS);
    }

    /**
     * Adds the HTTP service and what it carries.
     *
     * @return the port of the loopback interface on which it answers
     */
    public int addHttp() throws Exception {
        BundleContext context = framework.getBundleContext();
        Path folder = Files.createTempDirectory("patchbay-bundles-");
        List<Bundle> bundles = new ArrayList<>();
        List<Path> jars = new ArrayList<>(ShippedBundles.unpackOfHttp(folder));
        jars.addAll(ShippedBundles.unpackOfNode(folder));
        for (Path jar : jars) {
            bundles.add(install(context, jar));
            Files.delete(jar);
        }
        Files.delete(folder);
        for (Bundle bundle : bundles) {
            bundle.start();
        }
        return httpPort();
    }

    /** The port of the loopback interface on which the HTTP service answers, as soon as it does. */
    public int httpPort() throws InvalidSyntaxException, InterruptedException {
        ServiceReference<?> service = await(framework.getBundleContext(), "(" + ENDPOINT + "=*)");
        return URI.create(((String[]) service.getProperty(ENDPOINT))[0]).getPort();
    }

    /** Adds the bundle that watches a directory and bundles that carry plugins. */
    public Bundle addWaysIn() throws Exception {
        Path folder = Files.createTempDirectory("patchbay-bundles-");
        Bundle added = null;
        for (Path jar : ShippedBundles.unpackOfNode(folder)) {
            if (jar.getFileName().toString().startsWith(WAYS_IN)) {
                added = install(framework.getBundleContext(), jar);
            }
            Files.delete(jar);
        }
        Files.delete(folder);
        Bundle waysIn = Objects.requireNonNull(added, WAYS_IN);
        waysIn.start();
        return waysIn;
    }

    @SuppressWarnings("unchecked")
    private static Function<Map<String, Object>, Map<String, Object>> function(Object service) {
        return (Function<Map<String, Object>, Map<String, Object>>) service;
    }

    /** Installs and starts the bundle that a class came from. */
    public Bundle add(Class<?> member) throws Exception {
        Bundle bundle = install(framework.getBundleContext(), ShippedBundles.jarOf(member));
        bundle.start();
        return bundle;
    }

    /**
     * Installs and starts a bundle.
     *
     * @param location a name of its own
     * @param jar its bytes
     */
    public Bundle add(String location, byte[] jar) throws BundleException {
        Bundle bundle = framework.getBundleContext().installBundle("bench:" + location, new ByteArrayInputStream(jar));
        bundle.start();
        return bundle;
    }

    /** Looks for the probe again, after its bundle may have been stopped, started or refreshed. */
    public void findProbe() throws InvalidSyntaxException, InterruptedException {
        probe = awaitProbe(framework.getBundleContext());
    }

    /** All bundles but the framework's own. */
    public List<Bundle> bundles() {
        return Arrays.stream(framework.getBundleContext().getBundles())
                .filter(bundle -> bundle.getBundleId() != Constants.SYSTEM_BUNDLE_ID)
                .toList();
    }

    /** The installed bundle of this symbolic name. */
    public Bundle bundle(String symbolicName) {
        return named(Arrays.asList(framework.getBundleContext().getBundles()), symbolicName);
    }

    /** Refreshes bundles and all that is wired to them; returns when that is done. */
    public void refresh(Bundle... bundles) throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        framework.adapt(FrameworkWiring.class).refreshBundles(List.of(bundles), event -> done.countDown());
        if (!done.await(REFRESHES_MILLIS, TimeUnit.MILLISECONDS)) {
            throw new AssertionError("not refreshed within " + REFRESHES_MILLIS + " ms: " + Arrays.toString(bundles));
        }
    }

    /**
     * The service that fits, as soon as there is one.
     *
     * @param type of the JDK
     * @param filter an OSGi filter
     */
    public <T> T service(Class<T> type, String filter) throws InvalidSyntaxException, InterruptedException {
        BundleContext context = framework.getBundleContext();
        String whole = "(&(" + Constants.OBJECTCLASS + "=" + type.getName() + ")" + filter + ")";
        return type.cast(context.getService(await(context, whole)));
    }

    /**
     * The id of the best service that fits.
     *
     * @param type the name of its type
     * @param filter an OSGi filter
     * @return -1 when there is none
     */
    public long serviceId(String type, String filter) throws InvalidSyntaxException {
        ServiceReference<?>[] found = framework.getBundleContext().getAllServiceReferences(type, filter);
        return found == null
                ? -1
                : Arrays.stream(found)
                        .max(Comparator.naturalOrder())
                        .map(best -> (Long) best.getProperty(Constants.SERVICE_ID))
                        .orElse(-1L);
    }

    /**
     * Makes or changes a configuration; what it brings about comes later.
     *
     * @param pid a PID; a factory's is followed by {@code ~} and a name
     * @param settings all of them, by name
     */
    public void configure(String pid, Map<String, ?> settings) throws Exception {
        new Settings(framework.getBundleContext()).update(pid, settings);
    }

    /** Deletes a configuration; what it brings about comes later. */
    public void unconfigure(String pid) throws Exception {
        new Settings(framework.getBundleContext()).delete(pid);
    }

    /**
     * Has the probe do something.
     *
     * @param command one of the probe's commands
     * @param arguments of types of the JDK
     * @return its answer; it has the entry {@code error} when the API refused
     */
    public Map<String, Object> ask(String command, Map<String, ?> arguments) {
        Map<String, Object> request = new HashMap<>(arguments);
        request.put("do", command);
        return probe.apply(request);
    }

    /** As {@link #ask}, for what must not be refused. */
    public Map<String, Object> must(String command, Map<String, ?> arguments) {
        Map<String, Object> answer = ask(command, arguments);
        if (answer.containsKey("error")) {
            throw new AssertionError(command + " was refused: " + answer);
        }
        return answer;
    }

    /** The lines that a command of the probe answers. */
    public List<String> lines(String command) {
        List<?> lines = (List<?>) must(command, Map.of()).getOrDefault("lines", List.of());
        return lines.stream().map(String::valueOf).toList();
    }

    @Override
    public void close() throws BundleException {
        framework.stop();
        try {
            if (framework.waitForStop(STOPS_MILLIS).getType() == FrameworkEvent.WAIT_TIMEDOUT) {
                throw new AssertionError("the node did not stop within " + STOPS_MILLIS + " ms");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BundleException("interrupted while the node was stopping", e);
        }
    }
}
