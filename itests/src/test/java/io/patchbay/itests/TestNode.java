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
 * @param probe the way in
 */
record TestNode(Container container, Probe probe) implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    /** A folder for the framework's storage and, unless a setting says otherwise, the data folder. */
    static TestNode start(Path folder, Map<String, String> settings) throws Exception {
        return start(folder, settings, EmbeddedContainer.SORTED);
    }

    /** The same, with the shipped bundles started in another order. */
    static TestNode start(Path folder, Map<String, String> settings, EmbeddedContainer.Order order) throws Exception {
        Container container = EmbeddedContainer.start(folder, settings, order);
        try {
            container.install(bundle("probe"));
            Path artifacts = Files.createDirectories(folder.resolve("artifacts"));
            return new TestNode(container, new Probe(probe(container), artifacts));
        } catch (Exception | AssertionError e) {
            container.close();
            throw e;
        }
    }

    /** One of the test bundles: {@code probe}, {@code echo} or {@code provider}. */
    static Path bundle(String name) {
        return Path.of(System.getProperty("patchbay.probes"), "io.patchbay.itests." + name + ".jar");
    }

    @SuppressWarnings("unchecked")
    private static Function<Map<String, Object>, Map<String, Object>> probe(Container container) throws Exception {
        return container.await(Function.class, "(patchbay.probe=true)", LIMIT);
    }

    @Override
    public void close() throws IOException {
        container.close();
    }
}
