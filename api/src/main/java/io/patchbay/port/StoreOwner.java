// SPDX-License-Identifier: Apache-2.0
package io.patchbay.port;

import io.patchbay.provider.StoreIdentity;
import java.util.Objects;

/**
 * Which store holds a plugin's data of one sticky kind: a durable fact (DESIGN 5).
 *
 * @param store the store that took the first write, not null
 * @param providerName the name of the provider that worked on it; decides alone when the store is not durable, not null
 */
public record StoreOwner(StoreIdentity store, String providerName) {
    /** Checks the components. */
    public StoreOwner {
        Objects.requireNonNull(store, "store");
        Objects.requireNonNull(providerName, "providerName");
    }
}
