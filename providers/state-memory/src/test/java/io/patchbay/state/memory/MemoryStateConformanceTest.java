// SPDX-License-Identifier: Apache-2.0
package io.patchbay.state.memory;

import io.patchbay.provider.state.StateProvider;
import io.patchbay.tck.Ability;
import io.patchbay.tck.StateProviderContract;
import java.util.EnumSet;
import java.util.Set;

class MemoryStateConformanceTest extends StateProviderContract {
    @Override
    protected Set<Ability> abilities() {
        return EnumSet.noneOf(Ability.class);
    }

    @Override
    protected StateProvider open() {
        return new MemoryStateProvider();
    }

    @Override
    protected StateProvider openOther() {
        return new MemoryStateProvider();
    }

    @Override
    protected void close(StateProvider provider) {
        ((MemoryStateProvider) provider).deactivate();
    }
}
