// SPDX-License-Identifier: Apache-2.0
package io.patchbay.state.jdbc;

import io.patchbay.provider.state.StateProvider;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.apache.felix.framework.FrameworkFactory;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;

/** A framework with the component runtime, the API and the bundle under test; speaks with what is inside by JDK types. */
final class Container implements AutoCloseable {
    private static final String SPI = StateProvider.class.getName();

    private final Framework framework;

    /**
     * Starts one.
     *
     * @param storage an empty folder
     * @param component a class of the bundle under test
     * @param more a class of each further bundle
     */
    Container(Path storage, Class<?> component, String... more) throws Exception {
        framework = new FrameworkFactory()
                .newFramework(Map.of(Constants.FRAMEWORK_STORAGE, storage.toString(), "felix.log.level", "1"));
        framework.start();
        List<Bundle> bundles = new ArrayList<>();
        for (String name : new String[] {
            "org.osgi.util.function.Function",
            "org.osgi.util.promise.Promise",
            "org.osgi.service.component.ComponentContext",
            "org.apache.felix.scr.info.ScrInfo",
            "org.apache.felix.cm.PersistenceManager",
            SPI
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
    Bundle install(String className) throws Exception {
        Class<?> type = Class.forName(className, false, Container.class.getClassLoader());
        String location =
                type.getProtectionDomain().getCodeSource().getLocation().toString();
        return context().installBundle("reference:" + location);
    }

    BundleContext context() {
        return framework.getBundleContext();
    }

    /** Makes a configuration of a factory. */
    Object configure(String factoryPid, Map<String, Object> settings) throws Exception {
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

    void delete(Object configuration) throws Exception {
        configuration.getClass().getMethod("delete").invoke(configuration);
    }

    /** The registered provider of a name. */
    List<ServiceReference<?>> providers(String name) {
        try {
            ServiceReference<?>[] found = context().getAllServiceReferences(SPI, "(patchbay.provider=" + name + ")");
            return found == null ? List.of() : List.of(found);
        } catch (InvalidSyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** What a provider's {@code ready()} says at the end: empty for yes. */
    String readiness(ServiceReference<?> provider) {
        CompletionStage<?> ready = (CompletionStage<?>) call(provider, "ready");
        return ready.handle((done, failure) -> failure == null ? "" : String.valueOf(failure.getMessage()))
                .toCompletableFuture()
                .join();
    }

    /** Calls a provider and keeps holding it, as the patch bay does. */
    Object call(ServiceReference<?> provider, String method, Object... arguments) {
        Object service = context().getService(provider);
        try {
            for (Method candidate : Class.forName(SPI, false, service.getClass().getClassLoader())
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
            framework.waitForStop(10_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
