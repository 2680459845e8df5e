// SPDX-License-Identifier: Apache-2.0
package io.patchbay.itests;

import io.patchbay.itests.harness.ComparedRecords;
import io.patchbay.itests.harness.Services;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.management.MBeanServerConnection;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;
import org.osgi.framework.wiring.FrameworkWiring;

/** The framework that is on the class path, in this process. */
final class EmbeddedContainer implements Container {
    private static final String COMPONENT_RUNTIME = "org.osgi.service.component.runtime.ServiceComponentRuntime";
    private static final String CONFIG_ADMIN = "org.osgi.service.cm.ConfigurationAdmin";
    private static final String ENDPOINT = "osgi.http.endpoint";

    private static final Duration REFRESHES = Duration.ofSeconds(20);
    private static final Duration STOPS = Duration.ofSeconds(20);

    private final Framework framework;

    /** What each bundle was installed from, by symbolic name. */
    private final Map<String, Path> jars = new TreeMap<>();

    private EmbeddedContainer(Framework framework) {
        this.framework = framework;
    }

    /**
     * Starts the framework with all shipped bundles.
     *
     * @param folder a folder for its storage and, below it, the data folder
     * @param settings more framework properties
     * @param order which bundle is started first
     */
    static EmbeddedContainer start(Path folder, Map<String, String> settings, Order order)
            throws IOException, BundleException {
        Map<String, String> properties = new TreeMap<>(settings);
        properties.put(Constants.FRAMEWORK_STORAGE, folder.resolve("framework").toString());
        properties.putIfAbsent("patchbay.data", folder.resolve("data").toString());
        FrameworkFactory factory =
                ServiceLoader.load(FrameworkFactory.class).findFirst().orElseThrow();
        EmbeddedContainer container = new EmbeddedContainer(factory.newFramework(properties));
        try {
            container.installShipped(order);
            return container;
        } catch (IOException | BundleException e) {
            container.close();
            throw e;
        }
    }

    private void installShipped(Order order) throws IOException, BundleException {
        framework.init();
        List<Bundle> bundles = new ArrayList<>();
        for (Path jar : order.of(shipped())) {
            bundles.add(installOnly(jar));
        }
        framework.start();
        for (Bundle bundle : bundles) {
            bundle.start();
        }
    }

    /** The jars of the bundles that the launcher carries and starts for a plugin, sorted by name; the defaults first. */
    static List<Path> shipped() throws IOException {
        Path bundles = Path.of(System.getProperty("patchbay.bundles"));
        List<Path> jars = new ArrayList<>(jarsIn(bundles));
        jars.addAll(jarsIn(bundles.resolveSibling("provider-bundles")));
        return List.copyOf(jars);
    }

    private static List<Path> jarsIn(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (Stream<Path> jars = Files.list(folder)) {
            return jars.filter(jar -> jar.toString().endsWith(".jar")).sorted().toList();
        }
    }

    private Bundle installOnly(Path jar) throws IOException, BundleException {
        try (InputStream bytes = Files.newInputStream(jar)) {
            Bundle bundle = framework.getBundleContext().installBundle("test:" + jar.getFileName(), bytes);
            jars.put(bundle.getSymbolicName(), jar);
            return bundle;
        }
    }

    @Override
    public String framework() {
        return framework.getSymbolicName();
    }

    @Override
    public void install(Path jar) throws IOException, BundleException {
        installOnly(jar).start();
    }

    @Override
    public void install(List<Path> jars) throws IOException, BundleException {
        List<Bundle> bundles = new ArrayList<>();
        for (Path jar : jars) {
            bundles.add(installOnly(jar));
        }
        for (Bundle bundle : bundles) {
            bundle.start();
        }
    }

    @Override
    public void installHttp() throws IOException, BundleException {
        List<Path> found = new ArrayList<>();
        for (String group : List.of("node-bundles", "http-bundles")) {
            found.addAll(jarsIn(Path.of(System.getProperty("patchbay.bundles")).resolveSibling(group)));
        }
        install(found);
    }

    /** By reflection: the types of Config Admin are on the other side. */
    @Override
    public void configure(String pid, Map<String, ?> settings) throws Exception {
        Object admin = framework
                .getBundleContext()
                .getService(found("(" + Constants.OBJECTCLASS + "=" + CONFIG_ADMIN + ")", Duration.ofSeconds(10)));
        Object configuration = admin.getClass()
                .getMethod("getConfiguration", String.class, String.class)
                .invoke(admin, pid, "?");
        Dictionary<String, Object> properties = new Hashtable<>(settings);
        configuration.getClass().getMethod("update", Dictionary.class).invoke(configuration, properties);
    }

    @Override
    public URI endpoint(Duration limit) throws Exception {
        Object endpoints = found("(" + ENDPOINT + "=*)", limit).getProperty(ENDPOINT);
        return URI.create(((String[]) endpoints)[0]);
    }

    @Override
    public void stop(String symbolicName) throws BundleException {
        bundle(symbolicName).stop();
    }

    @Override
    public void start(String symbolicName) throws BundleException {
        bundle(symbolicName).start();
    }

    @Override
    public void update(String symbolicName) throws IOException, BundleException {
        try (InputStream bytes = Files.newInputStream(jars.get(symbolicName))) {
            bundle(symbolicName).update(bytes);
        }
    }

    @Override
    public void uninstall(String symbolicName) throws BundleException {
        bundle(symbolicName).uninstall();
    }

    @Override
    public void refresh() throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        framework.adapt(FrameworkWiring.class).refreshBundles(null, event -> done.countDown());
        if (!done.await(REFRESHES.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError("not refreshed within " + REFRESHES);
        }
    }

    private Bundle bundle(String symbolicName) {
        return Arrays.stream(framework.getBundleContext().getBundles())
                .filter(bundle -> symbolicName.equals(bundle.getSymbolicName()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("there is no bundle " + symbolicName));
    }

    @Override
    public Map<String, String> states() {
        Map<String, String> states = new TreeMap<>();
        for (Bundle bundle : framework.getBundleContext().getBundles()) {
            states.put(bundle.getSymbolicName(), name(bundle.getState()));
        }
        return states;
    }

    private static String name(int state) {
        return switch (state) {
            case Bundle.INSTALLED -> "INSTALLED";
            case Bundle.RESOLVED -> "RESOLVED";
            case Bundle.STARTING -> "STARTING";
            case Bundle.STOPPING -> "STOPPING";
            case Bundle.ACTIVE -> "ACTIVE";
            default -> String.valueOf(state);
        };
    }

    @Override
    public <T> T await(Class<T> type, String filter, Duration limit)
            throws InvalidSyntaxException, InterruptedException {
        String full = "(&(" + Constants.OBJECTCLASS + "=" + type.getName() + ")" + filter + ")";
        return type.cast(framework.getBundleContext().getService(found(full, limit)));
    }

    private ServiceReference<?> found(String filter, Duration limit)
            throws InvalidSyntaxException, InterruptedException {
        BundleContext context = framework.getBundleContext();
        Optional<ServiceReference<?>> found = Services.await(context, filter, limit);
        if (found.isEmpty()) {
            throw new AssertionError("no service " + filter + " in " + framework() + "; " + states() + "; components: "
                    + components(context));
        }
        return found.get();
    }

    /** What the component runtime says of itself, by reflection: its types are not on this side. */
    private static String components(BundleContext context) throws InvalidSyntaxException {
        ServiceReference<?>[] found = context.getAllServiceReferences(COMPONENT_RUNTIME, null);
        if (found == null) {
            return "no component runtime";
        }
        Object runtime = context.getService(found[0]);
        StringBuilder text = new StringBuilder();
        try {
            Object descriptions = runtime.getClass()
                    .getMethod("getComponentDescriptionDTOs", Bundle[].class)
                    .invoke(runtime, (Object) new Bundle[0]);
            for (Object description : (Collection<?>) descriptions) {
                Object configurations = runtime.getClass()
                        .getMethod("getComponentConfigurationDTOs", description.getClass())
                        .invoke(runtime, description);
                for (Object configuration : (Collection<?>) configurations) {
                    Object[] waits = (Object[]) field(configuration, "unsatisfiedReferences");
                    if (waits.length > 0) {
                        text.append(field(description, "name")).append(" waits for ");
                        for (Object wait : waits) {
                            text.append(field(wait, "name")).append(' ');
                        }
                    }
                }
            }
            return text.toString();
        } catch (ReflectiveOperationException e) {
            return e.toString();
        }
    }

    private static Object field(Object target, String name) throws ReflectiveOperationException {
        return target.getClass().getField(name).get(target);
    }

    @Override
    public boolean has(String filter) throws InvalidSyntaxException {
        return framework.getBundleContext().getAllServiceReferences(null, filter) != null;
    }

    @Override
    public void displaceComparedRecords() throws ReflectiveOperationException {
        ComparedRecords.displace();
    }

    @Override
    public MBeanServerConnection beans() {
        return ManagementFactory.getPlatformMBeanServer();
    }

    @Override
    public void close() throws IOException {
        try {
            framework.stop();
            framework.waitForStop(STOPS.toMillis());
        } catch (BundleException e) {
            throw new IOException("the framework did not stop", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted before the framework had stopped", e);
        }
    }
}
