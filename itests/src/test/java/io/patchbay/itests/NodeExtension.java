// SPDX-License-Identifier: Apache-2.0
package io.patchbay.itests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;

/** One node, with the probe in it, for all tests of a class; in Karaf in the process of the class before. */
final class NodeExtension implements BeforeAllCallback, AfterAllCallback {
    private Path folder;
    private TestNode node;

    /** In Karaf alone. */
    private SharedKaraf karaf;

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        if (Container.name().equals(Container.KARAF)) {
            karaf = context.getStore(StoreScope.LAUNCHER_SESSION, Namespace.create(SharedKaraf.class))
                    .computeIfAbsent(SharedKaraf.class);
            node = karaf.renewed();
            folder = karaf.folder();
            return;
        }
        folder = Files.createTempDirectory("patchbay-itests");
        node = TestNode.start(folder, Map.of());
    }

    /** Stops the container and starts it again, on what it has kept. */
    void restart() throws Exception {
        if (karaf != null) {
            node = karaf.restarted();
            return;
        }
        node.close();
        node = TestNode.start(folder, Map.of());
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        if (karaf != null) {
            return;
        }
        try {
            if (node != null) {
                node.close();
            }
        } finally {
            Folders.delete(folder);
        }
    }

    Container container() {
        return node.container();
    }

    Probe probe() {
        return node.probe();
    }

    /** A folder that ends with the class, or with the process. */
    Path folder() {
        return folder;
    }
}
