// SPDX-License-Identifier: Apache-2.0
package io.patchbay.itests.probe.store;

import io.patchbay.provider.Durability;
import io.patchbay.provider.StoreIdentity;
import io.patchbay.provider.state.QuotaExceededException;
import io.patchbay.provider.state.StateEntry;
import io.patchbay.provider.state.StateProvider;
import io.patchbay.provider.state.StateQuota;
import io.patchbay.provider.state.StateScope;
import io.patchbay.provider.state.StateUsage;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Keeps state in a map that somebody else owns, so that two provider bundles can work on one store. The map is the store: it
 * carries its identity, and its monitor guards every call.
 */
public class MapState implements StateProvider {
    private static final String IDENTITY = "store";
    private static final char END = '\u0000';

    private final Map<String, String> map;

    /** Works on {@code map}; an empty one becomes a new store. */
    public MapState(Map<String, String> map) {
        this.map = map;
        synchronized (map) {
            map.computeIfAbsent(IDENTITY, ignored -> UUID.randomUUID().toString());
        }
    }

    /** Called before each read and write. */
    protected void entered() {}

    @Override
    public StoreIdentity store() {
        synchronized (map) {
            return new StoreIdentity(UUID.fromString(map.getOrDefault(IDENTITY, "")), Durability.PROCESS);
        }
    }

    @Override
    public Map<String, String> getMany(StateScope scope, Collection<String> keys) {
        entered();
        Map<String, String> found = new HashMap<>();
        synchronized (map) {
            for (String key : keys) {
                String value = map.get(prefix(scope) + key);
                if (value != null) {
                    found.put(key, value);
                }
            }
        }
        return found;
    }

    @Override
    public void putMany(StateScope scope, Map<String, String> entries, StateQuota quota) throws QuotaExceededException {
        entered();
        synchronized (map) {
            Map<String, String> before = new HashMap<>(map);
            entries.forEach((key, value) -> map.put(prefix(scope) + key, value));
            StateUsage usage = usage(scope);
            if (usage.keys() <= quota.maxKeys() && usage.bytes() <= quota.maxBytes()) {
                return;
            }
            map.clear();
            map.putAll(before);
            throw usage.keys() > quota.maxKeys()
                    ? new QuotaExceededException(QuotaExceededException.Unit.KEYS, quota.maxKeys())
                    : new QuotaExceededException(QuotaExceededException.Unit.BYTES, quota.maxBytes());
        }
    }

    @Override
    public void removeMany(StateScope scope, Collection<String> keys) {
        entered();
        synchronized (map) {
            keys.forEach(key -> map.remove(prefix(scope) + key));
        }
    }

    @Override
    public StateUsage usage(StateScope scope) {
        List<StateEntry> entries = entries(scope, Optional.empty(), Integer.MAX_VALUE);
        long bytes = entries.stream()
                .mapToLong(entry -> size(entry.key()) + size(entry.value()))
                .sum();
        return new StateUsage(entries.size(), bytes);
    }

    private static long size(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    @Override
    public List<StateScope> scopes(String pluginId) {
        synchronized (map) {
            return map.keySet().stream()
                    .filter(key -> key.startsWith(pluginId + END))
                    .map(key -> Integer.valueOf(key.split(String.valueOf(END), -1)[1]))
                    .distinct()
                    .sorted()
                    .map(tenant -> new StateScope(pluginId, tenant))
                    .toList();
        }
    }

    @Override
    public List<StateEntry> entries(StateScope scope, Optional<String> afterKey, int limit) {
        synchronized (map) {
            return map.entrySet().stream()
                    .filter(entry -> entry.getKey().startsWith(prefix(scope)))
                    .map(entry -> new StateEntry(
                            entry.getKey().substring(prefix(scope).length()), entry.getValue()))
                    .sorted((left, right) -> left.key().compareTo(right.key()))
                    .filter(entry -> afterKey.isEmpty() || entry.key().compareTo(afterKey.get()) > 0)
                    .limit(limit)
                    .toList();
        }
    }

    @Override
    public void purge(String pluginId) {
        synchronized (map) {
            map.keySet().removeIf(key -> key.startsWith(pluginId + END));
        }
    }

    private static String prefix(StateScope scope) {
        return scope.pluginId() + END + scope.tenantId() + END;
    }
}
