// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.node;

import io.patchbay.itests.harness.Services;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/** What every framework of a run that embeds one is started with, and waited for. */
public final class NodeFramework {
    /** What the HTTP service takes when it is added: any port of the loopback interface; SLF4J from the class path. */
    private static final Map<String, String> HTTP = Map.of(
            "org.apache.felix.http.host",
            "127.0.0.1",
            "org.osgi.service.http.port",
            "0",
            "org.eclipse.jetty.UriComplianceMode",
            "LEGACY",
            Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA,
            "org.slf4j;version=2.0.20,org.slf4j.event;version=2.0.20,org.slf4j.helpers;version=2.0.20,"
                    + "org.slf4j.spi;version=2.0.20");

    private NodeFramework() {}

    /**
     * The framework's properties.
     *
     * @param folder for its storage and, in its folder {@code data}, the data folder
     * @return may be changed
     */
    public static Map<String, String> properties(Path folder) {
        Map<String, String> properties = new HashMap<>(HTTP);
        properties.put(Constants.FRAMEWORK_STORAGE, folder.resolve("framework").toString());
        properties.put("patchbay.data", folder.resolve("data").toString());
        properties.put("felix.bootdelegation.implicit", "false");
        return properties;
    }

    /**
     * The service that fits, as soon as there is one.
     *
     * @param filter an OSGi filter
     * @param millis how long it is waited for
     * @throws AssertionError when none comes by then
     */
    public static ServiceReference<?> await(BundleContext context, String filter, long millis)
            throws InvalidSyntaxException, InterruptedException {
        return Services.await(context, filter, Duration.ofMillis(millis))
                .orElseThrow(() -> new AssertionError("no service " + filter + " came; bundles that are not active: "
                        + Arrays.stream(context.getBundles())
                                .filter(bundle -> bundle.getState() != Bundle.ACTIVE)
                                .toList()));
    }
}
