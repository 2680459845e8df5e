// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.lease;

import io.patchbay.port.OwnerRegistry;
import io.patchbay.port.StoreOwner;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The record of owners, in memory: once a plugin has an owner, it is on the way of no call. */
final class RememberedOwners implements OwnerRegistry {
    private final Map<String, StoreOwner> owners = new ConcurrentHashMap<>();

    private static String key(String kind, String pluginId) {
        return kind + "/" + pluginId;
    }

    @Override
    public Optional<StoreOwner> owner(String kind, String pluginId) {
        return Optional.ofNullable(owners.get(key(kind, pluginId)));
    }

    @Override
    public Map<String, StoreOwner> owners(String kind) {
        throw new UnsupportedOperationException("nobody moves anything here");
    }

    @Override
    public StoreOwner claim(String kind, String pluginId, StoreOwner owner) {
        return owners.computeIfAbsent(key(kind, pluginId), unowned -> owner);
    }

    @Override
    public void change(String kind, String pluginId, StoreOwner owner) {
        owners.put(key(kind, pluginId), owner);
    }

    @Override
    public Map<String, StoreOwner> ofPlugin(String pluginId) {
        throw new UnsupportedOperationException("nobody purges anything here");
    }

    @Override
    public void forget(String kind, String pluginId) {
        owners.remove(key(kind, pluginId));
    }
}
