// SPDX-License-Identifier: Apache-2.0
package io.patchbay.node.hostname;

import io.patchbay.provider.node.NodeProvider;
import io.patchbay.tck.Ability;
import io.patchbay.tck.NodeProviderContract;
import java.util.EnumSet;
import java.util.Set;

class HostnameNodeConformanceTest extends NodeProviderContract {
    @Override
    protected Set<Ability> abilities() {
        return EnumSet.noneOf(Ability.class);
    }

    @Override
    protected NodeProvider open() {
        return new HostnameNodeProvider();
    }

    @Override
    protected void close(NodeProvider provider) {
        ((HostnameNodeProvider) provider).deactivate();
    }

    @Override
    protected String expectedName() {
        return new HostnameLookup().find();
    }
}
