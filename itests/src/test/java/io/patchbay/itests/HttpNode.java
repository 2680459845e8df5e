// SPDX-License-Identifier: Apache-2.0
package io.patchbay.itests;

import io.patchbay.itests.harness.Eventually;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.osgi.framework.Constants;

/**
 * A node with an HTTP service and what it carries.
 *
 * @param node the node
 * @param port of the loopback interface, where everything answers: there is one listener, as in a container of others
 */
record HttpNode(TestNode node, int port) implements AutoCloseable {
    /** The token of the administration. */
    static final String TOKEN = "a token of the tests";

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String SLF4J = "org.slf4j;version=2.0.20,org.slf4j.event;version=2.0.20,"
            + "org.slf4j.helpers;version=2.0.20,org.slf4j.spi;version=2.0.20";

    /** @param configurations settings by PID, in force before the HTTP bundles start */
    static HttpNode start(Path folder, Map<String, Map<String, ?>> configurations) throws Exception {
        Map<String, String> properties = new TreeMap<>();
        properties.put(Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA, SLF4J);
        properties.put("org.apache.felix.http.host", "127.0.0.1");
        properties.put("org.osgi.service.http.port", "0");
        properties.put("org.eclipse.jetty.UriComplianceMode", "LEGACY");
        TestNode node = TestNode.start(folder, properties);
        try {
            Map<String, Map<String, ?>> all = new TreeMap<>(configurations);
            all.put("io.patchbay.http", Map.of("admin.token", TOKEN));
            for (Map.Entry<String, Map<String, ?>> configuration : all.entrySet()) {
                node.container().configure(configuration.getKey(), configuration.getValue());
            }
            node.container().installHttp();
            HttpNode ready = new HttpNode(node, node.container().endpoint(LIMIT).getPort());
            ready.awaitServing();
            return ready;
        } catch (Exception | AssertionError e) {
            node.close();
            throw e;
        }
    }

    /** The Whiteboard takes a servlet a moment after it was registered. */
    private void awaitServing() throws Exception {
        Eventually.holds(
                LIMIT, () -> !RawHttp.get(port, "GET", "/x/nobody/").text().contains("<html"));
    }

    boolean isInKaraf() {
        return Container.name().equals(Container.KARAF);
    }

    /** Sends the first byte of an announced body where it must be: Karaf's Jetty 9.4 hands a request on only then. */
    void beginBody(RawHttp connection) throws IOException {
        if (isInKaraf()) {
            connection.send(new byte[] {'{'});
        }
    }

    Probe probe() {
        return node.probe();
    }

    /** A figure of the node, 0 when it is not there. */
    double metric(String name) {
        return (Double) probe().run("metrics").values().getOrDefault(name, 0.0);
    }

    @Override
    public void close() throws IOException {
        node.close();
    }
}
