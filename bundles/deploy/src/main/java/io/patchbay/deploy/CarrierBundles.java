// SPDX-License-Identifier: Apache-2.0
package io.patchbay.deploy;

import io.patchbay.admin.AdminException;
import java.nio.file.Path;
import java.util.List;

/** The bundles that carry plugins, as the framework has them. Used by one thread. */
interface CarrierBundles {
    /** Whether the framework stops as a whole: what its bundles do then says nothing about plugins. */
    boolean isFrameworkStopping();

    /** All that are installed. */
    List<Carrier> carriers();

    /**
     * Copies what a bundle carries.
     *
     * @param folder an empty folder to copy it into
     * @return the file or folder in it
     * @throws AdminException {@code INPUT} when the header points nowhere, {@code UNAVAILABLE} when it cannot be copied
     */
    Path copy(Carrier carrier, Path folder) throws AdminException;

    /**
     * Whether a bundle of this name was seen in this framework's storage: one that was and is not there any more was
     * uninstalled; in a storage that is new, bundles may still be about to come.
     */
    boolean wasInstalled(String symbolicName);

    /** Forgets that it was seen. */
    void forget(String symbolicName);
}
