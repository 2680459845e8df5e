// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bay;

import io.patchbay.hostservice.ProviderSlots;
import io.patchbay.hostservice.Slot;
import io.patchbay.hostservice.SlotOptions;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/** The slots of one bundle, which close when it lets go of the patch bay. */
final class OwnedSlots implements ProviderSlots {
    private final Bay bay;
    private final Bundle user;
    private final Set<ProviderSlot<?>> open = ConcurrentHashMap.newKeySet();
    private volatile boolean released;

    OwnedSlots(Bay bay, Bundle user) {
        this.bay = bay;
        this.user = user;
    }

    @Override
    public <T> Slot<T> open(BundleContext owner, Class<T> spi, SlotOptions<T> options) {
        if (!owner.getBundle().equals(user)) {
            throw new IllegalArgumentException("bundle " + user.getSymbolicName() + " opens a slot with the context of "
                    + owner.getBundle().getSymbolicName() + "; it must be its own, for the slot ends with it");
        }
        open.removeIf(ProviderSlot::closed);
        ProviderSlot<T> slot = bay.open(user.getSymbolicName(), new ServiceProviderSource<>(owner, spi), options);
        open.add(slot);
        if (released) {
            // Let go of meanwhile: nobody would close this one any more.
            slot.close();
            throw new IllegalStateException("bundle " + user.getSymbolicName() + " let go of the patch bay");
        }
        return slot;
    }

    void close() {
        released = true;
        bay.close(List.copyOf(open));
        open.clear();
    }
}
