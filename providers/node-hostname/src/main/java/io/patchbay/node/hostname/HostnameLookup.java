// SPDX-License-Identifier: Apache-2.0
package io.patchbay.node.hostname;

import io.patchbay.provider.ProviderException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Finds this machine's host name. */
class HostnameLookup {
    private static final Path KERNEL_HOSTNAME = Path.of("/proc/sys/kernel/hostname");

    /**
     * Asks the kernel where it can be read as a file, else the resolver.
     *
     * @return not blank
     * @throws ProviderException when this machine has no name
     */
    String find() {
        try {
            if (Files.isReadable(KERNEL_HOSTNAME)) {
                String name = Files.readString(KERNEL_HOSTNAME).strip();
                if (!name.isEmpty()) {
                    return name;
                }
            }
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            throw new ProviderException(
                    "the host name of this machine does not resolve; give it one, or bind another provider of the kind"
                            + " node",
                    e);
        } catch (IOException e) {
            throw new ProviderException("cannot read " + KERNEL_HOSTNAME, e);
        }
    }
}
