// SPDX-License-Identifier: Apache-2.0
package io.patchbay.itests.harness;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** A port of the loopback interface that nobody listened on a moment ago. */
public final class FreePort {
    private FreePort() {}

    /** Finds one. */
    public static int find() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }
}
