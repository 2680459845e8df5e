// SPDX-License-Identifier: Apache-2.0
package io.patchbay.shell;

import io.patchbay.admin.AdminException;
import io.patchbay.admin.AdminException.Problem;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;

/**
 * The port on which plugins are to answer. It is tried before the HTTP service is: that one would only log, in words of its
 * own.
 *
 * @param host empty for every interface
 * @param port a number, as the launcher has checked; anything else is left to the HTTP service
 */
record WantedPort(String host, String port) {
    private static final String ANY = "0";

    /** @throws AdminException {@code UNAVAILABLE} when nobody can listen there */
    void requireFree() throws AdminException {
        if (port.equals(ANY) || !port.matches("\\d{1,5}")) {
            return;
        }
        try (ServerSocket trial = new ServerSocket()) {
            trial.setReuseAddress(true);
            trial.bind(new InetSocketAddress(address(), Integer.parseInt(port)));
        } catch (UnknownHostException e) {
            throw new AdminException(
                    Problem.UNAVAILABLE, "there is no host '" + host + "': name another one with --listen", e);
        } catch (IOException e) {
            throw new AdminException(
                    Problem.UNAVAILABLE,
                    "nobody can listen on port " + port + (host.isEmpty() ? "" : " of " + host) + ": " + e.getMessage()
                            + "; end what uses it, or choose another with --listen [HOST:]PORT",
                    e);
        }
    }

    private InetAddress address() throws UnknownHostException {
        return InetAddress.getByName(host.isEmpty() ? "0.0.0.0" : host);
    }
}
