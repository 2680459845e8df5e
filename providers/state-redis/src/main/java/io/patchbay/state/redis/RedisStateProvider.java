// SPDX-License-Identifier: Apache-2.0
package io.patchbay.state.redis;

import io.patchbay.provider.BackendConnector;
import io.patchbay.provider.Blocking;
import io.patchbay.provider.PatchbayProvider;
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
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.propertytypes.ServiceRanking;
import org.osgi.service.metatype.annotations.Designate;

/**
 * Keeps plugin state in a Redis server; one provider for each configuration of its factory.
 *
 * <p>The server is a single one or the primary of replicas, not a cluster: the keys of one step must lie together.
 */
@Component(configurationPid = RedisStateProvider.PID, configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = RedisStateConfiguration.class, factory = true)
@PatchbayProvider(provider = "redis", blocking = Blocking.ALL, call_timeout = 2_000)
@ServiceRanking(-1000)
public final class RedisStateProvider implements StateProvider {
    static final String PID = "io.patchbay.state.redis";

    private final BackendConnector<RedisStore> connector;

    /**
     * Starts connecting.
     *
     * @param configuration the settings, not null
     */
    @Activate
    public RedisStateProvider(RedisStateConfiguration configuration) {
        connector = new BackendConnector<>(
                configuration.patchbay_provider(), () -> RedisStore.connect(RedisSettings.of(configuration)));
    }

    RedisStateProvider(RedisSettings settings) {
        connector = new BackendConnector<>(settings.name(), () -> RedisStore.connect(settings));
    }

    /** Closes every connection. */
    @Deactivate
    void deactivate() {
        connector.close();
    }

    @Override
    public CompletionStage<Void> ready() {
        return connector.ready();
    }

    @Override
    public ProviderHealth health() {
        return connector.health(RedisStore::health);
    }

    @Override
    public StoreIdentity store() {
        return connector.backend().identity();
    }

    @Override
    public Map<String, String> getMany(StateScope scope, Collection<String> keys) {
        return connector.backend().getMany(scope, keys);
    }

    @Override
    public void putMany(StateScope scope, Map<String, String> entries, StateQuota quota) throws QuotaExceededException {
        connector.backend().putMany(scope, entries, quota);
    }

    @Override
    public void removeMany(StateScope scope, Collection<String> keys) {
        connector.backend().removeMany(scope, keys);
    }

    @Override
    public StateUsage usage(StateScope scope) {
        return connector.backend().usage(scope);
    }

    @Override
    public List<StateScope> scopes(String pluginId) {
        return connector.backend().scopes(pluginId);
    }

    @Override
    public List<StateEntry> entries(StateScope scope, Optional<String> afterKey, int limit) {
        return connector.backend().entries(scope, afterKey, limit);
    }

    @Override
    public void purge(String pluginId) {
        connector.backend().purge(pluginId);
    }
}
