// SPDX-License-Identifier: Apache-2.0
package io.patchbay.admin;

import java.net.URI;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Where the routes of plugins answer; registered while an HTTP service that tells its address carries them. Implemented by
 * {@code io.patchbay.http}. Thread-safe.
 */
@ProviderType
public interface PluginAddress {
    /**
     * The addresses; a plugin's routes are below its id.
     *
     * @return each ends with {@code /x/}; unmodifiable, not empty, never null
     */
    List<URI> urls();
}
