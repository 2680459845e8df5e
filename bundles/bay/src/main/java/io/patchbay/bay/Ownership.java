// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bay;

import io.patchbay.port.StoreOwner;
import io.patchbay.provider.Durability;
import io.patchbay.provider.StoreIdentity;
import java.util.Optional;

/** What is known of the owner of a plugin's data in one kind. */
sealed interface Ownership {
    /** A free kind: nothing is kept, any provider may serve. */
    record Free() implements Ownership {}

    /** The registry was not there to be asked: nothing may serve, for any answer could be another store's. */
    record Unread() implements Ownership {}

    /** Nothing was written yet. */
    record Nobody() implements Ownership {}

    /** A store holds the data. */
    record Owned(StoreOwner owner) implements Ownership {
        /**
         * Whether a provider works on the owning store. A store that is not durable has another id after each start, so
         * there the name decides (DESIGN 5).
         */
        boolean isHeldBy(String provider, StoreIdentity store) {
            if (owner.store().durability() == Durability.NONE) {
                return store.durability() == Durability.NONE && provider.equals(owner.providerName());
            }
            return store.id().equals(owner.store().id());
        }

        /** Whether another owner is the same store, or the same provider where the store is not durable. */
        boolean is(StoreOwner other) {
            return isHeldBy(other.providerName(), other.store());
        }
    }

    /** What a kind begins with. */
    static Ownership initial(boolean sticky) {
        return sticky ? new Unread() : new Free();
    }

    static Ownership of(Optional<StoreOwner> owner) {
        return owner.<Ownership>map(Owned::new).orElseGet(Nobody::new);
    }
}
