// SPDX-License-Identifier: Apache-2.0
package io.patchbay.itests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;

/**
 * A started container with the probe in it.
 *
 * @param container the container
 * @param artifacts a folder for artifacts on their way in
 */
record TestNode(Container container, Path artifacts) implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    /** A folder for the framework's storage and, unless a setting says otherwise, the data folder. */
    static TestNode start(Path folder, Map<String, String> settings) throws Exception {
        return start(folder, settings, Container.Order.SORTED);
    }

    /** The same, with the shipped bundles started in another order. */
    static TestNode start(Path folder, Map<String, String> settings, Container.Order order) throws Exception {
        Container container = Container.start(folder, settings, order);
        try {
            return in(container, folder);
        } catch (Exception | AssertionError e) {
            container.close();
            throw e;
        }
    }

    /** A node in a container that is started. */
    static TestNode in(Container container, Path folder) throws Exception {
        container.install(bundle("probe"));
        TestNode node = new TestNode(container, Files.createDirectories(folder.resolve("artifacts")));
        node.probe();
        return node;
    }

    /** One of the test bundles, by the name of its room. */
    static Path bundle(String name) {
        return Path.of(System.getProperty("patchbay.probes"), "io.patchbay.itests." + name + ".jar");
    }

    /** The way in, as it is now: another one after the component runtime was restarted. */
    @SuppressWarnings("unchecked")
    Probe probe() {
        try {
            return new Probe(container.await(Function.class, "(patchbay.probe=true)", LIMIT), artifacts);
        } catch (Exception e) {
            throw new AssertionError("the probe cannot be reached", e);
        }
    }

    @Override
    public void close() throws IOException {
        container.close();
    }
}
