// SPDX-License-Identifier: Apache-2.0
package io.patchbay.admin;

import java.nio.file.Path;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The node itself: its data folder. Implemented by {@code io.patchbay.lifecycle}.
 *
 * <p>A framework started with {@code patchbay.data.open=demand} touches no data folder until somebody asks here; every
 * other framework opens it when the bundle starts.
 */
@ProviderType
public interface NodeAdmin {
    /** Framework property: the path of the data folder. */
    String DATA_PROPERTY = "patchbay.data";

    /** Framework property: {@code demand} to open the data folder only by {@link #open()}. */
    String OPEN_PROPERTY = "patchbay.data.open";

    /**
     * Opens the data folder: makes it when it is missing, takes its lock, registers
     * {@link io.patchbay.provider.DataFolder}. Does nothing when it is open.
     *
     * @return the absolute path, never null
     * @throws AdminException {@code UNAVAILABLE} when it is in use by another node, cannot be made or is of a newer version
     */
    Path open() throws AdminException;
}
