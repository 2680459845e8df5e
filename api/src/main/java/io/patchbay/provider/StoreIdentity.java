// SPDX-License-Identifier: Apache-2.0
package io.patchbay.provider;

import java.util.Objects;
import java.util.UUID;

/**
 * Which store a provider of a sticky kind works on. Two providers with the same id are interchangeable; one with another
 * id never takes over a plugin's data unless an operator moves it.
 *
 * @param id kept inside the store itself, made with it and never changed, not null
 * @param durability what its acknowledged writes survive, not null
 */
public record StoreIdentity(UUID id, Durability durability) {
    /** Checks the components. */
    public StoreIdentity {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(durability, "durability");
    }
}
