// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.node;

import io.patchbay.itests.probe.Probe;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
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

/**
 * A framework in this process with every bundle as it is shipped, and the probe of the integration tests in it, which does
 * what it is asked. Only types of the JDK cross the border. Requests may come from many threads.
 */
public final class EmbeddedNode implements AutoCloseable {
    private static final String PROBE =
            "(&(" + Constants.OBJECTCLASS + "=" + Function.class.getName() + ")(patchbay.probe=true))";
    private static final String CONFIG_ADMIN_BUNDLE = "org.apache.felix.configadmin";
    private static final String CONFIG_ADMIN = "org.osgi.service.cm.ConfigurationAdmin";
    private static final long STARTS_MILLIS = 20_000;
    private static final long STOPS_MILLIS = 10_000;

    private final Framework framework;
    private final Function<Map<String, Object>, Map<String, Object>> probe;

    private EmbeddedNode(Framework framework, Function<Map<String, Object>, Map<String, Object>> probe) {
        this.framework = framework;
        this.probe = probe;
    }

    /**
     * Starts a node.
     *
     * @param folder for the framework's storage and, in its folder {@code data}, the data folder, which may exist already
     * @param configurations settings by PID and name, in force before any component is activated
     */
    public static EmbeddedNode start(Path folder, Map<String, Map<String, String>> configurations) throws Exception {
        FrameworkFactory factory =
                ServiceLoader.load(FrameworkFactory.class).findFirst().orElseThrow();
        Framework framework = factory.newFramework(Map.of(
                Constants.FRAMEWORK_STORAGE,
                folder.resolve("framework").toString(),
                Constants.FRAMEWORK_STORAGE_CLEAN,
                Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT,
                "patchbay.data",
                folder.resolve("data").toString(),
                "felix.bootdelegation.implicit",
                "false"));
        framework.init();
        try {
            List<Bundle> bundles = install(framework.getBundleContext());
            framework.start();
            configure(framework.getBundleContext(), bundles, configurations);
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

    private static List<Bundle> install(BundleContext context) throws IOException, BundleException {
        List<Bundle> bundles = new ArrayList<>();
        Path folder = Files.createTempDirectory("patchbay-bundles-");
        try {
            for (Path jar : ShippedBundles.unpack(folder)) {
                bundles.add(install(context, jar));
                Files.delete(jar);
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

    /** By reflection: the types of Config Admin are on the other side. */
    private static void configure(
            BundleContext context, List<Bundle> bundles, Map<String, Map<String, String>> configurations)
            throws BundleException, InvalidSyntaxException, ReflectiveOperationException {
        if (configurations.isEmpty()) {
            return;
        }
        named(bundles, CONFIG_ADMIN_BUNDLE).start();
        ServiceReference<?>[] found =
                Objects.requireNonNull(context.getAllServiceReferences(CONFIG_ADMIN, null), CONFIG_ADMIN);
        Object admin = Objects.requireNonNull(context.getService(found[0]), CONFIG_ADMIN);
        for (Map.Entry<String, Map<String, String>> entry : configurations.entrySet()) {
            Object configuration = admin.getClass()
                    .getMethod("getConfiguration", String.class, String.class)
                    .invoke(admin, entry.getKey(), "?");
            Dictionary<String, Object> properties = new Hashtable<>(entry.getValue());
            configuration.getClass().getMethod("update", Dictionary.class).invoke(configuration, properties);
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
        CountDownLatch came = new CountDownLatch(1);
        ServiceListener listener = event -> came.countDown();
        context.addServiceListener(listener, PROBE);
        try {
            ServiceReference<?>[] found = context.getAllServiceReferences(null, PROBE);
            if (found == null && came.await(STARTS_MILLIS, TimeUnit.MILLISECONDS)) {
                found = context.getAllServiceReferences(null, PROBE);
            }
            if (found == null) {
                throw new AssertionError("the probe did not come; bundles that are not active: "
                        + Arrays.stream(context.getBundles())
                                .filter(bundle -> bundle.getState() != Bundle.ACTIVE)
                                .toList());
            }
            return function(context.getService(found[0]));
        } finally {
            context.removeServiceListener(listener);
        }
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
