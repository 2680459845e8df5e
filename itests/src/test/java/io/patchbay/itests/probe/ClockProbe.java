// SPDX-License-Identifier: Apache-2.0
package io.patchbay.itests.probe;

import io.patchbay.provider.clock.ClockProvider;
import java.util.function.Supplier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Asks, from a bundle against the API alone, which class the system clock provider has. */
@Component(property = "probe=clock")
public final class ClockProbe implements Supplier<String> {
    private final ClockProvider clock;

    /** Called by the component runtime. */
    @Activate
    public ClockProbe(@Reference(target = "(patchbay.provider=system)") ClockProvider clock) {
        this.clock = clock;
    }

    @Override
    public String get() {
        return clock.getClass().getName();
    }
}
