// SPDX-License-Identifier: Apache-2.0
package io.patchbay.itests.harness;

import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.CompletionStage;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;

/**
 * A framework with the component runtime, the API and the bundle of one provider as it is shipped; speaks with what is inside
 * by JDK types. For one thread.
 */
public final class ProviderContainer implements AutoCloseable {
    private static final long STOPS_MILLIS = 10_000;

    private final Framework framework;
    private final String spi;

    /**
     * Starts one.
     *
     * @param storage an empty folder
     * @param spi the SPI of the provider, from the API on the test's class path
     * @param component a class of the bundle under test
     * @param more a class of each further bundle
     */
    public ProviderContainer(Path storage, Class<?> spi, Class<?> component, String... more) throws Exception {
        this.spi = spi.getName();
        framework = ServiceLoader.load(FrameworkFactory.class)
                .findFirst()
                .orElseThrow()
                .newFramework(Map.of(Constants.FRAMEWORK_STORAGE, storage.toString(), "felix.log.level", "1"));
        framework.start();
        List<Bundle> bundles = new ArrayList<>();
        for (String name : new String[] {
            "org.osgi.util.function.Function",
            "org.osgi.util.promise.Promise",
            "org.osgi.service.component.ComponentContext",
            "org.apache.felix.scr.info.ScrInfo",
            "org.apache.felix.cm.PersistenceManager",
            this.spi
        }) {
            bundles.add(install(name));
        }
        for (String name : more) {
            bundles.add(install(name));
        }
        bundles.add(install(component.getName()));
        for (Bundle bundle : bundles) {
            bundle.start();
        }
    }

    /** Installs what a class of the test's class path comes from, a jar or a module's folder. */
    public Bundle install(String className) throws Exception {
        Class<?> type = Class.forName(className, false, ProviderContainer.class.getClassLoader());
        String location =
                type.getProtectionDomain().getCodeSource().getLocation().toString();
        return context().installBundle("reference:" + location);
    }

    /** The context of the framework itself. */
    public BundleContext context() {
        return framework.getBundleContext();
    }

    /**
     * Makes a configuration of a factory.
     *
     * @return the configuration, for {@link #delete}
     */
    public Object configure(String factoryPid, Map<String, Object> settings) throws Exception {
        ServiceReference<?> admin =
                context().getAllServiceReferences("org.osgi.service.cm.ConfigurationAdmin", null)[0];
        Object service = context().getService(admin);
        Object configuration = service.getClass()
                .getMethod("createFactoryConfiguration", String.class, String.class)
                .invoke(service, factoryPid, "?");
        Dictionary<String, Object> properties = new Hashtable<>(settings);
        configuration.getClass().getMethod("update", Dictionary.class).invoke(configuration, properties);
        return configuration;
    }

    /** Takes a configuration back. */
    public void delete(Object configuration) throws Exception {
        configuration.getClass().getMethod("delete").invoke(configuration);
    }

    /** The registered providers of a name; none while their component is between two activations. */
    public List<ServiceReference<?>> providers(String name) {
        try {
            ServiceReference<?>[] found = context().getAllServiceReferences(spi, "(patchbay.provider=" + name + ")");
            return found == null ? List.of() : List.of(found);
        } catch (InvalidSyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** What a provider's {@code ready()} says at the end: empty for yes. */
    public String readiness(ServiceReference<?> provider) {
        CompletionStage<?> ready = (CompletionStage<?>) call(provider, "ready");
        return ready.handle((done, failure) -> failure == null ? "" : String.valueOf(failure.getMessage()))
                .toCompletableFuture()
                .join();
    }

    /** Calls a provider and keeps holding it, as the patch bay does. */
    public Object call(ServiceReference<?> provider, String method, Object... arguments) {
        Object service = context().getService(provider);
        try {
            for (Method candidate : Class.forName(spi, false, service.getClass().getClassLoader())
                    .getMethods()) {
                if (candidate.getName().equals(method) && candidate.getParameterCount() == arguments.length) {
                    return candidate.invoke(service, arguments);
                }
            }
            throw new IllegalArgumentException(method);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws BundleException {
        framework.stop();
        try {
            framework.waitForStop(STOPS_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
