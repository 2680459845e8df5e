// SPDX-License-Identifier: Apache-2.0
package io.patchbay.admin;

import java.net.URI;
import java.nio.file.Path;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Where the HTTP resource of the verbs answers; registered while it does. Implemented by {@code io.patchbay.http}.
 * Thread-safe.
 */
@ProviderType
public interface AdminAddress {
    /** The file in the data folder that says how to reach the running node; gone when the node has ended. */
    String NODE_FILE = "node.json";

    /**
     * The address of the resource, on the loopback interface.
     *
     * @return ends with {@code /patchbay/v1}, never null
     */
    URI url();

    /**
     * The file with the token that every request must carry, readable by its owner alone.
     *
     * @return absolute, never null
     */
    Path tokenFile();
}
