// SPDX-License-Identifier: Apache-2.0
package io.patchbay.itests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** One node, with the probe in it, for all tests of a class. */
final class NodeExtension implements BeforeAllCallback, AfterAllCallback {
    private Path folder;
    private TestNode node;

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        folder = Files.createTempDirectory("patchbay-itests");
        node = TestNode.start(folder, Map.of());
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        try {
            if (node != null) {
                node.close();
            }
        } finally {
            delete(folder);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    Container container() {
        return node.container();
    }

    Probe probe() {
        return node.probe();
    }

    /** A folder that ends with the class. */
    Path folder() {
        return folder;
    }
}
