// SPDX-License-Identifier: Apache-2.0
package io.patchbay.itests.provider;

import io.patchbay.itests.probe.store.MapState;
import io.patchbay.provider.PatchbayProvider;
import io.patchbay.provider.state.StateProvider;
import java.util.Map;
import java.util.function.Supplier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.propertytypes.ServiceRanking;

/** A second provider bundle on the store of the first. */
@Component(service = StateProvider.class)
@ServiceRanking(1_000)
@PatchbayProvider(provider = "spare")
public final class SpareState extends MapState {
    /** Called by the component runtime. */
    @Activate
    public SpareState(@Reference(target = "(patchbay.itests.store=shared)") Supplier<Map<String, String>> store) {
        super(store.get());
    }
}
