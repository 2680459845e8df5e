// SPDX-License-Identifier: Apache-2.0
package io.patchbay.itests;

import io.patchbay.itests.harness.ComparedRecords;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.management.MBeanServerConnection;

/**
 * One OSGi container with every bundle that is shipped; what happens inside is seen only through types of the JDK.
 *
 * <p>One thread drives a container.
 */
interface Container extends AutoCloseable {
    /** In which order the shipped bundles are started. */
    @FunctionalInterface
    interface Order {
        /** By name. */
        Order SORTED = jars -> jars;

        List<Path> of(List<Path> jars);
    }

    String FELIX = "felix";
    String EQUINOX = "equinox";
    String KARAF = "karaf";

    /** The container that this run is about: {@code patchbay.container}, else the framework on the class path. */
    static String name() {
        if (System.getProperty("patchbay.container", "").equals(KARAF)) {
            return KARAF;
        }
        return System.getProperty("patchbay.framework", "").equals("org.eclipse.osgi") ? EQUINOX : FELIX;
    }

    /**
     * Starts the container that this run is about.
     *
     * @param folder a folder for what it keeps and, below it, the data folder
     * @param settings more framework properties
     * @param order which bundle is started first, where that is ours to say
     */
    static Container start(Path folder, Map<String, String> settings, Order order) throws Exception {
        return name().equals(KARAF)
                ? KarafContainer.start(folder, settings)
                : EmbeddedContainer.start(folder, settings, order);
    }

    /** The symbolic name of the framework's system bundle, or {@code org.apache.karaf}. */
    String framework();

    /** Installs a bundle and starts it. */
    void install(Path jar) throws Exception;

    /** Installs bundles that need one another, then starts them. */
    void install(List<Path> jars) throws Exception;

    /** Brings an HTTP service, and what of ours answers on it. */
    void installHttp() throws Exception;

    /** Replaces the settings of a PID; they count soon. */
    void configure(String pid, Map<String, ?> settings) throws Exception;

    /** Where the HTTP service answers, as soon as it does: a URL on the loopback interface. */
    URI endpoint(Duration limit) throws Exception;

    /** Stops the bundle with this symbolic name. */
    void stop(String symbolicName) throws Exception;

    /** Starts the bundle with this symbolic name. */
    void start(String symbolicName) throws Exception;

    /** Updates the bundle with this symbolic name to what it was installed from. */
    void update(String symbolicName) throws Exception;

    /** Uninstalls the bundle with this symbolic name. */
    void uninstall(String symbolicName) throws Exception;

    /** Has the framework forget what was uninstalled; returns when it has. */
    void refresh() throws Exception;

    /** The states of all bundles by symbolic name, {@code ACTIVE} and so on. */
    Map<String, String> states() throws IOException;

    /**
     * The service that fits, as soon as there is one.
     *
     * @param type the type under which it is registered, of the JDK
     * @param filter an OSGi filter
     * @throws AssertionError if none comes in time; it says which components wait for what
     */
    <T> T await(Class<T> type, String filter, Duration limit) throws Exception;

    /**
     * Whether a service fits now.
     *
     * @param filter an OSGi filter
     */
    boolean has(String filter) throws Exception;

    /** Has the JDK that it runs on keep no record class of a bundle that may go, see {@link ComparedRecords}. */
    void displaceComparedRecords() throws Exception;

    /** The MBean server of the virtual machine that it runs in. */
    MBeanServerConnection beans() throws IOException;

    /** Stops the container and waits until it has. */
    @Override
    void close() throws IOException;
}
