// SPDX-License-Identifier: Apache-2.0
package io.patchbay.itests.greeter;

import io.patchbay.itests.greeting.spi.GreetingProvider;
import io.patchbay.itests.witness.ledger.Witness;
import io.patchbay.provider.PatchbayProvider;
import java.util.function.Consumer;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Greets in its own name. */
@Component(configurationPid = "io.patchbay.itests.greeter", configurationPolicy = ConfigurationPolicy.REQUIRE)
@PatchbayProvider(provider = "greeter")
public final class Greeter implements GreetingProvider {
    private final String name;
    private final Witness witness;

    /** Called by the component runtime. */
    @Activate
    public Greeter(GreeterConfiguration configuration, @Reference(target = Witness.LEDGER) Consumer<String> ledger) {
        name = configuration.patchbay_provider();
        witness = new Witness("greeting " + name, ledger);
    }

    @Deactivate
    void deactivate() {
        witness.deactivated();
    }

    @Override
    public String greet(String whom) {
        witness.enter();
        try {
            return name + " greets " + whom;
        } finally {
            witness.leave();
        }
    }
}
