// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.lease;

import io.patchbay.hostservice.Lease;
import io.patchbay.hostservice.PluginSlot;
import io.patchbay.hostservice.ProviderCall;
import io.patchbay.hostservice.SlotOptions;
import io.patchbay.port.OwnerRegistry;
import io.patchbay.provider.Access;
import io.patchbay.provider.Durability;
import io.patchbay.provider.Provider;
import io.patchbay.provider.StoreIdentity;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Hashtable;
import java.util.Optional;
import java.util.UUID;
import org.osgi.framework.BundleException;

/**
 * One plugin's view of a slot of a free kind and of one of a sticky kind, each with a provider that does nothing, and every
 * way to a lease on it. Thread-safe.
 */
final class Slots implements AutoCloseable {
    /** The free kind. */
    static final String FREE = "free";

    /** The sticky kind. */
    static final String STICKY = "sticky";

    /** An SPI of our own, as any bundle may bring one. */
    interface Answering {
        /** Always the same object. */
        Object answer();
    }

    private static final ProviderCall<Answering, Object, RuntimeException> CALL = Answering::answer;

    private final BareBay bay;
    private final PluginSlot<Answering> free;
    private final PluginSlot<Answering> sticky;
    private final long deadline = System.nanoTime() + Duration.ofHours(1).toNanos();

    /**
     * Starts a patch bay.
     *
     * @param folder an empty folder
     */
    Slots(Path folder) throws Exception {
        bay = BareBay.start(folder);
        bay.context().registerService(OwnerRegistry.class, new RememberedOwners(), null);
        Hashtable<String, Object> properties = new Hashtable<>();
        properties.put(Provider.NAME, "nothing");
        Object answer = new Object();
        bay.context().registerService(Answering.class, () -> answer, properties);
        StoreIdentity store = new StoreIdentity(UUID.randomUUID(), Durability.POWER);
        free = bay.slots()
                .open(bay.context(), Answering.class, SlotOptions.free(FREE))
                .forPlugin("p");
        sticky = bay.slots()
                .open(bay.context(), Answering.class, SlotOptions.sticky(STICKY, provider -> store))
                .forPlugin("p");
        // The first write records the owner.
        stickyWrite();
    }

    Object call() throws Exception {
        return free.call(Access.READ, deadline, CALL);
    }

    Object stickyRead() throws Exception {
        return sticky.call(Access.READ, deadline, CALL);
    }

    Object stickyWrite() throws Exception {
        return sticky.call(Access.WRITE, deadline, CALL);
    }

    Object lease() throws Exception {
        try (Lease<Answering> lease = free.lease(Access.READ, deadline)) {
            return lease.provider().answer();
        }
    }

    Object tryLease() {
        Optional<Lease<Answering>> found = free.tryLease();
        try (Lease<Answering> lease = found.orElseThrow()) {
            return lease.provider().answer();
        }
    }

    BareBay bay() {
        return bay;
    }

    @Override
    public void close() throws BundleException {
        bay.close();
    }
}
