// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wasmhost.engine;

import java.util.Objects;
import java.util.function.Supplier;

/** Builds the instance of every execution fresh from the module. Thread-safe. */
public final class FreshInstances implements InstanceSource {
    private final LoadedModule module;
    private final Supplier<InstanceLimits> limits;
    private final PageBudget budget;

    /**
     * Makes a source.
     *
     * @param module what to make instances of, not null
     * @param limits what each may have, asked for each, not null
     * @param budget who pays for their memory, not null
     */
    public FreshInstances(LoadedModule module, Supplier<InstanceLimits> limits, PageBudget budget) {
        this.module = Objects.requireNonNull(module, "module");
        this.limits = Objects.requireNonNull(limits, "limits");
        this.budget = Objects.requireNonNull(budget, "budget");
    }

    @Override
    public GuestInstance instance(HostImports imports, StopSignal signal) throws GuestTrap {
        return GuestInstance.open(module, limits.get(), budget, imports, signal);
    }
}
