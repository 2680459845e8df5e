// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bay;

import io.patchbay.hostservice.StoreMover;
import io.patchbay.hostservice.WriteLog;
import io.patchbay.provider.StoreIdentity;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** Moves the data of {@link Store}. */
final class MapMover implements StoreMover<Store> {
    private static MapStore map(Store store) {
        return (MapStore) store;
    }

    @Override
    public List<String> scopes(Store store, String pluginId) {
        return map(store).scopes(pluginId).entrySet().stream()
                .filter(scope -> !scope.getValue().isEmpty())
                .map(Map.Entry::getKey)
                .toList();
    }

    @Override
    public Usage usage(Store store, String pluginId, String scope) {
        Map<String, String> entries = map(store).scope(pluginId, scope);
        long bytes = 0;
        long keys = 0;
        for (Map.Entry<String, String> entry : entries.entrySet()) {
            keys++;
            bytes += entry.getKey().getBytes(StandardCharsets.UTF_8).length
                    + entry.getValue().getBytes(StandardCharsets.UTF_8).length;
        }
        return new Usage(keys, bytes);
    }

    @Override
    public List<Entry> entries(Store store, String pluginId, String scope, Optional<String> afterKey, int limit) {
        ConcurrentSkipListMap<String, String> all = map(store).scope(pluginId, scope);
        Map<String, String> rest = afterKey.<Map<String, String>>map(after -> all.tailMap(after, false))
                .orElse(all);
        return rest.entrySet().stream()
                .limit(limit)
                .map(entry -> new Entry(entry.getKey(), entry.getValue()))
                .toList();
    }

    @Override
    public Map<String, String> get(Store store, String pluginId, String scope, Collection<String> keys) {
        Map<String, String> all = map(store).scope(pluginId, scope);
        Map<String, String> found = new HashMap<>();
        for (String key : keys) {
            String value = all.get(key);
            if (value != null) {
                found.put(key, value);
            }
        }
        return found;
    }

    @Override
    public void put(Store store, String pluginId, String scope, Map<String, String> entries) {
        map(store).scope(pluginId, scope).putAll(entries);
    }

    @Override
    public void remove(Store store, String pluginId, String scope, Collection<String> keys) {
        map(store).scope(pluginId, scope).keySet().removeAll(keys);
    }

    @Override
    public void purge(Store store, String pluginId) {
        map(store).purge(pluginId);
    }

    @Override
    public Store watched(Store store, WriteLog log) {
        return new Store() {
            @Override
            public void put(String plugin, String scope, String key, String value) {
                try {
                    store.put(plugin, scope, key, value);
                } finally {
                    log.written(scope, List.of(key));
                }
            }

            @Override
            public String get(String plugin, String scope, String key) {
                return store.get(plugin, scope, key);
            }

            @Override
            public StoreIdentity store() {
                return store.store();
            }
        };
    }
}
