// SPDX-License-Identifier: Apache-2.0
package io.patchbay.admin;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What the watched directory and the bundles that carry plugins bring, and what is wrong with it. Implemented by {@code
 * io.patchbay.deploy} while this node holds its data folder. Thread-safe.
 */
@ProviderType
public interface ArrivalAdmin {
    /**
     * Lists what was brought, and what could not be.
     *
     * @return the watched directory first, then bundles, each by name, unmodifiable, never null
     */
    List<ArrivalView> arrivals();
}
