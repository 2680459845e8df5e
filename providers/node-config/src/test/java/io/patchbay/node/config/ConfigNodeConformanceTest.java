// SPDX-License-Identifier: Apache-2.0
package io.patchbay.node.config;

import io.patchbay.provider.node.NodeProvider;
import io.patchbay.tck.Ability;
import io.patchbay.tck.Configurations;
import io.patchbay.tck.NodeProviderContract;
import io.patchbay.tck.Opener;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

class ConfigNodeConformanceTest extends NodeProviderContract {
    private static ConfigNodeConfiguration settings(String name) {
        return Configurations.of(ConfigNodeConfiguration.class, Map.of("name", name));
    }

    @Override
    protected Set<Ability> abilities() {
        return EnumSet.noneOf(Ability.class);
    }

    @Override
    protected NodeProvider open() {
        return new ConfigNodeProvider(settings(" узел-1 "));
    }

    @Override
    protected void close(NodeProvider provider) {
        // Nothing to deactivate.
    }

    @Override
    protected Map<String, Opener> misconfigured() {
        return Map.of(
                "setting name of io.patchbay.node.config is missing", () -> new ConfigNodeProvider(settings(" ")),
                "at most 255 bytes", () -> new ConfigNodeProvider(settings("é".repeat(128))),
                "control characters", () -> new ConfigNodeProvider(settings("a\nb")));
    }

    @Override
    protected String expectedName() {
        return "узел-1";
    }
}
