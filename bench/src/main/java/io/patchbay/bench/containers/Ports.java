// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.containers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** The ports that a container takes when nobody says otherwise: a page that is executed as written would ask whoever has them. */
final class Ports {
    /** Karaf's: the registry of management, the console, HTTP, and management itself. */
    static final int[] KARAF = {1099, 8101, 8181, 44444};

    /** The one of our settings for Felix and Equinox. */
    static final int[] EMBEDDED = {8080};

    private Ports() {}

    /**
     * Fails when somebody has one.
     *
     * @throws IOException naming the port
     */
    static void requireFree(int... ports) throws IOException {
        for (int port : ports) {
            try {
                new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
            } catch (IOException e) {
                throw new IOException("port " + port + ", which the page uses, is somebody's: end that process", e);
            }
        }
    }
}
