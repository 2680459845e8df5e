// SPDX-License-Identifier: Apache-2.0
package io.patchbay.node.environment;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.provider.node.NodeProvider;
import io.patchbay.tck.Ability;
import io.patchbay.tck.Configurations;
import io.patchbay.tck.NodeProviderContract;
import io.patchbay.tck.Opener;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EnvironmentNodeConformanceTest extends NodeProviderContract {
    private static final Map<String, String> ENVIRONMENT =
            Map.of("POD_NAME", " pod-7 ", "BLANK", "  ", "LONG", "x".repeat(256), "SEVERAL_LINES", "a\nb");

    private static EnvironmentNodeConfiguration settings(String variable) {
        return Configurations.of(EnvironmentNodeConfiguration.class, Map.of("variable", variable));
    }

    @Override
    protected Set<Ability> abilities() {
        return EnumSet.noneOf(Ability.class);
    }

    @Override
    protected NodeProvider open() {
        return new EnvironmentNodeProvider(settings("POD_NAME"), ENVIRONMENT::get);
    }

    @Override
    protected void close(NodeProvider provider) {
        // Nothing to deactivate.
    }

    @Override
    protected Map<String, Opener> misconfigured() {
        return Map.of(
                "setting variable of io.patchbay.node.environment", () -> of(""),
                "not 'A=B'", () -> of("A=B"),
                "variable MISSING is not set", () -> of("MISSING"),
                "variable BLANK is not set", () -> of("BLANK"),
                "at most 255 bytes", () -> of("LONG"),
                "variable SEVERAL_LINES is no name", () -> of("SEVERAL_LINES"));
    }

    @Override
    protected String expectedName() {
        return "pod-7";
    }

    private static EnvironmentNodeProvider of(String variable) {
        return new EnvironmentNodeProvider(settings(variable), ENVIRONMENT::get);
    }

    @Test
    void theVariableIsThatOfThisProcess() {
        String name = new EnvironmentNodeProvider(settings("PATH")).name();
        assertThat(name).isEqualTo(System.getenv("PATH").strip());
    }
}
