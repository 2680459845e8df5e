// SPDX-License-Identifier: Apache-2.0
package io.patchbay.runtime;

import io.patchbay.hostservice.WriteLog;
import io.patchbay.provider.ProviderHealth;
import io.patchbay.provider.StoreIdentity;
import io.patchbay.provider.state.QuotaExceededException;
import io.patchbay.provider.state.StateEntry;
import io.patchbay.provider.state.StateProvider;
import io.patchbay.provider.state.StateQuota;
import io.patchbay.provider.state.StateScope;
import io.patchbay.provider.state.StateUsage;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Stands before a state provider while its content is copied, and tells every write, also one that failed. */
final class WatchedState implements StateProvider {
    private final StateProvider store;
    private final WriteLog log;

    WatchedState(StateProvider store, WriteLog log) {
        this.store = store;
        this.log = log;
    }

    @Override
    public CompletionStage<Void> ready() {
        return store.ready();
    }

    @Override
    public ProviderHealth health() {
        return store.health();
    }

    @Override
    public StoreIdentity store() {
        return store.store();
    }

    @Override
    public Optional<String> get(StateScope scope, String key) {
        return store.get(scope, key);
    }

    @Override
    public Map<String, String> getMany(StateScope scope, Collection<String> keys) {
        return store.getMany(scope, keys);
    }

    @Override
    public void putMany(StateScope scope, Map<String, String> entries, StateQuota quota) throws QuotaExceededException {
        try {
            store.putMany(scope, entries, quota);
        } finally {
            log.written(StateMover.name(scope), entries.keySet());
        }
    }

    @Override
    public void removeMany(StateScope scope, Collection<String> keys) {
        try {
            store.removeMany(scope, keys);
        } finally {
            log.written(StateMover.name(scope), keys);
        }
    }

    @Override
    public StateUsage usage(StateScope scope) {
        return store.usage(scope);
    }

    @Override
    public List<StateScope> scopes(String pluginId) {
        return store.scopes(pluginId);
    }

    @Override
    public List<StateEntry> entries(StateScope scope, Optional<String> afterKey, int limit) {
        return store.entries(scope, afterKey, limit);
    }

    @Override
    public void purge(String pluginId) {
        try {
            store.purge(pluginId);
        } finally {
            log.everything();
        }
    }
}
