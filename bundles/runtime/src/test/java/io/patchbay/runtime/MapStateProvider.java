// SPDX-License-Identifier: Apache-2.0
package io.patchbay.runtime;

import io.patchbay.hostservice.codec.RawText;
import io.patchbay.provider.Durability;
import io.patchbay.provider.StoreIdentity;
import io.patchbay.provider.state.QuotaExceededException;
import io.patchbay.provider.state.StateEntry;
import io.patchbay.provider.state.StateProvider;
import io.patchbay.provider.state.StateQuota;
import io.patchbay.provider.state.StateScope;
import io.patchbay.provider.state.StateUsage;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/** The smallest state provider that keeps its promises to one caller at a time. */
final class MapStateProvider implements StateProvider {
    private final Map<StateScope, Map<String, String>> scopes = new HashMap<>();
    private int calls;

    Map<String, String> of(int tenantId) {
        return scopes.computeIfAbsent(new StateScope("demo-plugin", tenantId), scope -> new TreeMap<>());
    }

    /** How often anything was asked. */
    int calls() {
        return calls;
    }

    @Override
    public StoreIdentity store() {
        return new StoreIdentity(new UUID(1, 2), Durability.NONE);
    }

    @Override
    public Map<String, String> getMany(StateScope scope, Collection<String> keys) {
        calls++;
        Map<String, String> found = new HashMap<>(scopes.getOrDefault(scope, Map.of()));
        found.keySet().retainAll(keys);
        return found;
    }

    @Override
    public void putMany(StateScope scope, Map<String, String> entries, StateQuota quota) throws QuotaExceededException {
        calls++;
        Map<String, String> after = new TreeMap<>(scopes.getOrDefault(scope, Map.of()));
        after.putAll(entries);
        if (after.size() > quota.maxKeys()) {
            throw new QuotaExceededException(QuotaExceededException.Unit.KEYS, quota.maxKeys());
        }
        long bytes = after.entrySet().stream()
                .mapToLong(entry -> entry.getKey().length() + entry.getValue().length())
                .sum();
        if (bytes > quota.maxBytes()) {
            throw new QuotaExceededException(QuotaExceededException.Unit.BYTES, quota.maxBytes());
        }
        scopes.put(scope, after);
    }

    @Override
    public void removeMany(StateScope scope, Collection<String> keys) {
        calls++;
        scopes.getOrDefault(scope, new TreeMap<>()).keySet().removeAll(keys);
    }

    @Override
    public StateUsage usage(StateScope scope) {
        Map<String, String> all = scopes.getOrDefault(scope, Map.of());
        long bytes = all.entrySet().stream()
                .mapToLong(entry -> RawText.length(entry.getKey()) + RawText.length(entry.getValue()))
                .sum();
        return new StateUsage(all.size(), bytes);
    }

    @Override
    public List<StateScope> scopes(String pluginId) {
        return scopes.keySet().stream()
                .filter(scope -> scope.pluginId().equals(pluginId))
                .sorted(Comparator.comparing(StateScope::tenantId))
                .toList();
    }

    @Override
    public List<StateEntry> entries(StateScope scope, Optional<String> afterKey, int limit) {
        calls++;
        return scopes.getOrDefault(scope, Map.of()).entrySet().stream()
                .filter(entry -> afterKey.isEmpty() || RawText.BYTE_ORDER.compare(entry.getKey(), afterKey.get()) > 0)
                .sorted(Map.Entry.comparingByKey(RawText.BYTE_ORDER))
                .limit(limit)
                .map(entry -> new StateEntry(entry.getKey(), entry.getValue()))
                .toList();
    }

    @Override
    public void purge(String pluginId) {
        throw new UnsupportedOperationException();
    }
}
