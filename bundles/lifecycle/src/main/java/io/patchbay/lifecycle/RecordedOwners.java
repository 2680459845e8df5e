// SPDX-License-Identifier: Apache-2.0
package io.patchbay.lifecycle;

import io.patchbay.port.OwnerRegistry;
import io.patchbay.port.StoreOwner;
import io.patchbay.provider.ProviderException;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Owners on the registry, with a copy in memory that changes only after the registry did. */
final class RecordedOwners implements OwnerRegistry {
    private final Registry registry;
    private final Map<OwnerKey, StoreOwner> known;
    private final ReentrantLock writing = new ReentrantLock();

    RecordedOwners(Registry registry) throws RegistryException {
        this.registry = registry;
        this.known = new ConcurrentHashMap<>(registry.owners());
    }

    @Override
    public Optional<StoreOwner> owner(String kind, String pluginId) {
        return Optional.ofNullable(known.get(new OwnerKey(kind, pluginId)));
    }

    @Override
    public Map<String, StoreOwner> owners(String kind) {
        Map<String, StoreOwner> ofKind = new TreeMap<>();
        known.forEach((key, owner) -> {
            if (key.kind().equals(kind)) {
                ofKind.put(key.pluginId(), owner);
            }
        });
        return Collections.unmodifiableMap(ofKind);
    }

    @Override
    public StoreOwner claim(String kind, String pluginId, StoreOwner owner) {
        OwnerKey key = new OwnerKey(kind, pluginId);
        writing.lock();
        try {
            @Nullable StoreOwner first = known.get(key);
            return first == null ? record(key, owner) : first;
        } finally {
            writing.unlock();
        }
    }

    @Override
    public void change(String kind, String pluginId, StoreOwner owner) {
        writing.lock();
        try {
            record(new OwnerKey(kind, pluginId), owner);
        } finally {
            writing.unlock();
        }
    }

    @Override
    public Map<String, StoreOwner> ofPlugin(String pluginId) {
        Map<String, StoreOwner> owned = new TreeMap<>();
        known.forEach((key, owner) -> {
            if (key.pluginId().equals(pluginId)) {
                owned.put(key.kind(), owner);
            }
        });
        return Collections.unmodifiableMap(owned);
    }

    @Override
    public void forget(String kind, String pluginId) {
        OwnerKey key = new OwnerKey(kind, pluginId);
        writing.lock();
        try {
            registry.forgetOwner(key);
            known.remove(key);
        } catch (RegistryException failure) {
            throw failed(key, "cannot be forgotten", failure);
        } finally {
            writing.unlock();
        }
    }

    private static ProviderException failed(OwnerKey key, String what, RegistryException failure) {
        return new ProviderException(
                "the owner of the " + key.kind() + " of plugin " + Texts.quoted(key.pluginId()) + " " + what + ": "
                        + failure.getMessage(),
                failure);
    }

    private StoreOwner record(OwnerKey key, StoreOwner owner) {
        Objects.requireNonNull(owner, "owner");
        try {
            registry.saveOwner(key, owner);
        } catch (RegistryException failure) {
            throw failed(key, "cannot be recorded", failure);
        }
        known.put(key, owner);
        return owner;
    }
}
