// SPDX-License-Identifier: Apache-2.0
package io.patchbay.provider;

import java.nio.file.Path;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The node's one data folder, registered as a service once its lock is held.
 *
 * <p>Everything durable opens below it and only after this service is there; nothing else computes its path. When the
 * service leaves, whatever was opened below it is closed before the component's deactivation returns. Thread-safe.
 */
@ProviderType
public interface DataFolder {
    /**
     * Gives the sub-folder of one bundle, made (mode 0700) when it is missing and the data folder can be written.
     *
     * @param bundleSymbolicName the caller's symbolic name, the same in every version, not null
     * @return an absolute path; it may not exist when {@link #readOnly()}
     * @throws ProviderException when the folder cannot be made; the message names the path and the reason
     */
    Path folder(String bundleSymbolicName);

    /**
     * Tells whether the data folder cannot be written: durable providers then complete {@link Provider#ready()}
     * exceptionally and caches stay off.
     *
     * @return true when nothing can be stored
     */
    boolean readOnly();
}
