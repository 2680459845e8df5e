// SPDX-License-Identifier: Apache-2.0
package io.patchbay.itests.witness;

import io.patchbay.itests.probe.store.MapState;
import io.patchbay.itests.witness.ledger.Witness;
import io.patchbay.provider.Blocking;
import io.patchbay.provider.PatchbayProvider;
import io.patchbay.provider.StoreIdentity;
import io.patchbay.provider.state.QuotaExceededException;
import io.patchbay.provider.state.StateProvider;
import io.patchbay.provider.state.StateQuota;
import io.patchbay.provider.state.StateScope;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.propertytypes.ServiceRanking;

/**
 * State on a store that outlives this bundle. A key that begins with {@code slow-N-}, by itself, costs N milliseconds inside the provider, as a slow
 * server would.
 */
@Component(
        service = StateProvider.class,
        configurationPid = "io.patchbay.itests.witness.state",
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@ServiceRanking(-2_000)
@PatchbayProvider(provider = "witness", blocking = Blocking.ALL)
public final class WitnessState extends MapState {
    private static final String SLOW = "slow-";

    private final Witness witness;

    /** Called by the component runtime. */
    @Activate
    public WitnessState(
            WitnessConfiguration configuration,
            @Reference(target = "(patchbay.itests.store=witness)") Supplier<Map<String, String>> store,
            @Reference(target = Witness.LEDGER) Consumer<String> ledger) {
        super(store.get());
        witness = new Witness("state " + configuration.patchbay_provider(), ledger);
    }

    @Deactivate
    void deactivate() {
        witness.deactivated();
    }

    @Override
    public StoreIdentity store() {
        witness.enter();
        return super.store();
    }

    @Override
    public Map<String, String> getMany(StateScope scope, Collection<String> keys) {
        witness.enter();
        try {
            delay(keys);
            return super.getMany(scope, keys);
        } finally {
            witness.leave();
        }
    }

    @Override
    public void putMany(StateScope scope, Map<String, String> entries, StateQuota quota) throws QuotaExceededException {
        witness.enter();
        try {
            delay(entries.keySet());
            super.putMany(scope, entries, quota);
        } finally {
            witness.leave();
        }
    }

    private static void delay(Collection<String> keys) {
        if (keys.size() == 1) {
            String key = keys.iterator().next();
            if (key.startsWith(SLOW)) {
                pause(Long.parseLong(key.split("-")[1]));
            }
        }
    }

    /** How long a call takes is what is under test here, so this waits on purpose. */
    private static void pause(long millis) {
        try {
            new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("a provider's thread was interrupted", e);
        }
    }
}
