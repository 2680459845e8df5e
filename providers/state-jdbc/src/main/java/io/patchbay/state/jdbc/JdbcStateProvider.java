// SPDX-License-Identifier: Apache-2.0
package io.patchbay.state.jdbc;

import io.patchbay.provider.BackendConnector;
import io.patchbay.provider.BackendUnavailableException;
import io.patchbay.provider.BackendUnavailableException.Effect;
import io.patchbay.provider.Blocking;
import io.patchbay.provider.PatchbayProvider;
import io.patchbay.provider.ProviderException;
import io.patchbay.provider.ProviderHealth;
import io.patchbay.provider.StoreIdentity;
import io.patchbay.provider.state.QuotaExceededException;
import io.patchbay.provider.state.StateEntry;
import io.patchbay.provider.state.StateProvider;
import io.patchbay.provider.state.StateQuota;
import io.patchbay.provider.state.StateScope;
import io.patchbay.provider.state.StateUsage;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.ComponentServiceObjects;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.component.propertytypes.ServiceRanking;
import org.osgi.service.jdbc.DataSourceFactory;
import org.osgi.service.metatype.annotations.Designate;

/**
 * Keeps plugin state in PostgreSQL or H2; one provider for each configuration of its factory.
 *
 * <p>Driver and data source are static references on purpose: when one leaves, this service leaves first, and the patch
 * bay lets the calls in flight end before the driver's classes go. The pool, its threads and every connection end with
 * the component; drivers are registered and deregistered by their own bundles.
 */
@Component(configurationPid = JdbcStateProvider.PID, configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = JdbcStateConfiguration.class, factory = true)
@PatchbayProvider(provider = "jdbc", blocking = Blocking.ALL, call_timeout = 3_000)
@ServiceRanking(-1000)
public final class JdbcStateProvider implements StateProvider {
    static final String PID = "io.patchbay.state.jdbc";

    private final StoreOpening opening;
    private final BackendConnector<JdbcStore> connector;
    private final DriverChoice drivers;

    /**
     * Starts connecting.
     *
     * @param configuration the settings, not null
     * @param dataSource the service that the settings select, or null
     * @param factories the drivers that are installed, not null
     */
    @Activate
    public JdbcStateProvider(
            JdbcStateConfiguration configuration,
            @Reference(
                            name = "dataSource",
                            cardinality = ReferenceCardinality.OPTIONAL,
                            policyOption = ReferencePolicyOption.GREEDY)
                    @Nullable
                    DataSource dataSource,
            @Reference(
                            name = "driver",
                            service = DataSourceFactory.class,
                            cardinality = ReferenceCardinality.MULTIPLE,
                            policyOption = ReferencePolicyOption.GREEDY)
                    List<ComponentServiceObjects<DataSourceFactory>> factories) {
        drivers = new DriverChoice(factories);
        opening = opening(configuration, dataSource);
        connector = new BackendConnector<>(configuration.patchbay_provider(), opening);
    }

    JdbcStateProvider(StoreOpening opening) {
        drivers = new DriverChoice(List.of());
        this.opening = opening;
        connector = new BackendConnector<>("test", opening);
    }

    private StoreOpening opening(JdbcStateConfiguration configuration, @Nullable DataSource dataSource) {
        try {
            JdbcSettings settings = new JdbcSettings(
                    configuration.patchbay_provider(),
                    configuration.pool_size(),
                    Duration.ofMillis(configuration.patchbay_call_timeout()));
            return configuration.url().isBlank()
                    ? throughService(configuration, dataSource, settings)
                    : throughUrl(configuration, settings);
        } catch (ProviderException wrong) {
            return StoreOpening.refusing(wrong);
        }
    }

    private StoreOpening throughUrl(JdbcStateConfiguration configuration, JdbcSettings settings) {
        if (!configuration.dataSource_target().equals(JdbcStateConfiguration.NO_DATA_SOURCE)) {
            throw new ProviderException("give either the setting url or dataSource.target, not both");
        }
        String url = configuration.url().strip();
        DatabaseAddress address = DatabaseAddress.ofUrl(url, configuration.user(), configuration._password());
        return new StoreOpening(
                address,
                () -> drivers.open(
                        url,
                        configuration.user(),
                        configuration._password(),
                        configuration.driver().strip(),
                        address),
                settings);
    }

    private static StoreOpening throughService(
            JdbcStateConfiguration configuration, @Nullable DataSource dataSource, JdbcSettings settings) {
        String filter = configuration.dataSource_target();
        if (filter.equals(JdbcStateConfiguration.NO_DATA_SOURCE)) {
            throw new ProviderException(
                    "the settings say no database; set url (with user and .password) or dataSource.target");
        }
        DatabaseAddress address = DatabaseAddress.ofService(filter);
        return new StoreOpening(address, () -> present(dataSource, filter), settings);
    }

    private static DataSource present(@Nullable DataSource dataSource, String filter) {
        if (dataSource == null) {
            // The component starts anew when one comes.
            throw new BackendUnavailableException(
                    "no DataSource service matches " + filter
                            + "; install what registers it, or correct the setting dataSource.target",
                    Effect.NONE);
        }
        return dataSource;
    }

    /** Closes every connection. */
    @Deactivate
    void deactivate() {
        opening.close();
        connector.close();
        drivers.close();
    }

    @Override
    public CompletionStage<Void> ready() {
        return connector.ready();
    }

    @Override
    public ProviderHealth health() {
        return connector.health(JdbcStore::health);
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
