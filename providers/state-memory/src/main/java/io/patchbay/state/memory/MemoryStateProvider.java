// SPDX-License-Identifier: Apache-2.0
package io.patchbay.state.memory;

import io.patchbay.provider.Durability;
import io.patchbay.provider.PatchbayProvider;
import io.patchbay.provider.ProviderException;
import io.patchbay.provider.StoreIdentity;
import io.patchbay.provider.state.QuotaExceededException;
import io.patchbay.provider.state.StateEntry;
import io.patchbay.provider.state.StateProvider;
import io.patchbay.provider.state.StateQuota;
import io.patchbay.provider.state.StateScope;
import io.patchbay.provider.state.StateUsage;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.propertytypes.ServiceRanking;

/**
 * Keeps state in this JVM's heap, for tests and throw-away nodes: it ends with the component, and says so.
 *
 * <p>Each scope has its own monitor, so plugins do not wait for one another.
 */
@Component
@ServiceRanking(-1000)
@PatchbayProvider(provider = "memory", explicit = true)
public final class MemoryStateProvider implements StateProvider {
    private final StoreIdentity store = new StoreIdentity(UUID.randomUUID(), Durability.NONE);
    private final Map<StateScope, ScopeContents> scopes = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /** Starts empty. */
    @Activate
    public MemoryStateProvider() {}

    /** Ends the store: a late call is refused, not answered from what is gone. */
    @Deactivate
    void deactivate() {
        closed = true;
        scopes.clear();
    }

    @Override
    public StoreIdentity store() {
        return store;
    }

    @Override
    public Optional<String> get(StateScope scope, String key) {
        return contents(scope).get(key);
    }

    @Override
    public Map<String, String> getMany(StateScope scope, Collection<String> keys) {
        return contents(scope).getMany(keys);
    }

    @Override
    public void putMany(StateScope scope, Map<String, String> entries, StateQuota quota) throws QuotaExceededException {
        contents(scope).putMany(entries, quota);
    }

    @Override
    public void removeMany(StateScope scope, Collection<String> keys) {
        contents(scope).removeMany(keys);
    }

    @Override
    public StateUsage usage(StateScope scope) {
        return contents(scope).usage();
    }

    @Override
    public List<StateScope> scopes(String pluginId) {
        refuseWhenClosed();
        return scopes.entrySet().stream()
                .filter(scope -> scope.getKey().pluginId().equals(pluginId))
                .filter(scope -> scope.getValue().usage().keys() > 0)
                .map(Map.Entry::getKey)
                .sorted(Comparator.comparingInt(StateScope::tenantId))
                .toList();
    }

    @Override
    public List<StateEntry> entries(StateScope scope, Optional<String> afterKey, int limit) {
        return contents(scope).entries(afterKey, limit);
    }

    @Override
    public void purge(String pluginId) {
        refuseWhenClosed();
        scopes.forEach((scope, contents) -> {
            if (scope.pluginId().equals(pluginId)) {
                contents.clear();
            }
        });
    }

    private void refuseWhenClosed() {
        if (closed) {
            throw new ProviderException("the memory store is closed");
        }
    }

    private ScopeContents contents(StateScope scope) {
        refuseWhenClosed();
        return scopes.computeIfAbsent(scope, ignored -> new ScopeContents());
    }
}
