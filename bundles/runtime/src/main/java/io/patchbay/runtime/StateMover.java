// SPDX-License-Identifier: Apache-2.0
package io.patchbay.runtime;

import io.patchbay.hostservice.StoreMover;
import io.patchbay.hostservice.WriteLog;
import io.patchbay.provider.state.QuotaExceededException;
import io.patchbay.provider.state.StateProvider;
import io.patchbay.provider.state.StateQuota;
import io.patchbay.provider.state.StateScope;
import io.patchbay.provider.state.StateUsage;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Moves state between stores for the patch bay; a scope is named by its tenant's number. */
final class StateMover implements StoreMover<StateProvider> {
    /** What the plugin was allowed to write is moved whatever its quota is now. */
    private static final StateQuota UNLIMITED = new StateQuota(Long.MAX_VALUE, Long.MAX_VALUE);

    static String name(StateScope scope) {
        return Integer.toString(scope.tenantId());
    }

    private static StateScope scope(String pluginId, String name) {
        return new StateScope(pluginId, Integer.parseInt(name));
    }

    @Override
    public List<String> scopes(StateProvider store, String pluginId) {
        return store.scopes(pluginId).stream().map(StateMover::name).toList();
    }

    @Override
    public Usage usage(StateProvider store, String pluginId, String scope) {
        StateUsage usage = store.usage(scope(pluginId, scope));
        return new Usage(usage.keys(), usage.bytes());
    }

    @Override
    public List<Entry> entries(
            StateProvider store, String pluginId, String scope, Optional<String> afterKey, int limit) {
        return store.entries(scope(pluginId, scope), afterKey, limit).stream()
                .map(entry -> new Entry(entry.key(), entry.value()))
                .toList();
    }

    @Override
    public Map<String, String> get(StateProvider store, String pluginId, String scope, Collection<String> keys) {
        return store.getMany(scope(pluginId, scope), keys);
    }

    @Override
    public void put(StateProvider store, String pluginId, String scope, Map<String, String> entries) {
        try {
            store.putMany(scope(pluginId, scope), entries, UNLIMITED);
        } catch (QuotaExceededException e) {
            throw new IllegalStateException("the store has a limit of its own: " + e.getMessage(), e);
        }
    }

    @Override
    public void remove(StateProvider store, String pluginId, String scope, Collection<String> keys) {
        store.removeMany(scope(pluginId, scope), keys);
    }

    @Override
    public void purge(StateProvider store, String pluginId) {
        store.purge(pluginId);
    }

    @Override
    public StateProvider watched(StateProvider store, WriteLog log) {
        return new WatchedState(store, log);
    }
}
