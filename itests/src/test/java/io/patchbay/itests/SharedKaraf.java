// SPDX-License-Identifier: Apache-2.0
package io.patchbay.itests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * One Karaf for the classes of tests that follow one another: it starts in ten seconds, and everything of ours in it is made
 * as new in two. The test framework closes it.
 */
final class SharedKaraf implements AutoCloseable {
    private Path folder;
    private KarafContainer karaf;

    /** A node without plugins, settings and bundles of the class before; the probe is in it. */
    TestNode renewed() throws Exception {
        if (karaf != null) {
            try {
                karaf.renew(folder);
                return TestNode.in(karaf, folder);
            } catch (Exception | AssertionError e) {
                // Whatever the class before did to it: the next one is not to suffer for it.
                System.err.println("another Karaf is started, for this one cannot be made as new: " + e);
                close();
            }
        }
        folder = Files.createTempDirectory("patchbay-itests");
        karaf = KarafContainer.start(folder, Map.of());
        return TestNode.in(karaf, folder);
    }

    /** The same node after Karaf was stopped and started again. */
    TestNode restarted() throws Exception {
        karaf.close();
        karaf = KarafContainer.start(folder, Map.of());
        return TestNode.in(karaf, folder);
    }

    Path folder() {
        return folder;
    }

    @Override
    public void close() throws IOException {
        if (karaf == null) {
            return;
        }
        try {
            karaf.close();
        } finally {
            karaf = null;
            Folders.delete(folder);
        }
    }
}
