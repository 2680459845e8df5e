// SPDX-License-Identifier: Apache-2.0
package io.patchbay.itests.witness;

import io.patchbay.itests.witness.ledger.Witness;
import io.patchbay.provider.PatchbayProvider;
import io.patchbay.provider.log.LogEntry;
import io.patchbay.provider.log.LogProvider;
import java.util.function.Consumer;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.propertytypes.ServiceRanking;

/** Gives the texts of entries to a sink that outlives this bundle. */
@Component(
        service = LogProvider.class,
        configurationPid = "io.patchbay.itests.witness.log",
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@ServiceRanking(-2_000)
@PatchbayProvider(provider = "witness")
public final class WitnessLog implements LogProvider {
    private final Witness witness;
    private final Consumer<String> sink;

    /** Called by the component runtime. */
    @Activate
    public WitnessLog(
            WitnessConfiguration configuration,
            @Reference(target = "(patchbay.itests=sink)") Consumer<String> sink,
            @Reference(target = Witness.LEDGER) Consumer<String> ledger) {
        witness = new Witness("log " + configuration.patchbay_provider(), ledger);
        this.sink = sink;
    }

    @Deactivate
    void deactivate() {
        witness.deactivated();
    }

    @Override
    public void write(LogEntry entry) {
        witness.enter();
        try {
            sink.accept(entry.text());
        } finally {
            witness.leave();
        }
    }
}
