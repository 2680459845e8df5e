// SPDX-License-Identifier: Apache-2.0
package io.patchbay.log.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.patchbay.provider.log.LogProvider;
import io.patchbay.tck.Ability;
import io.patchbay.tck.Configurations;
import io.patchbay.tck.LogProviderContract;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class ConsoleLogConformanceTest extends LogProviderContract {
    private final ByteArrayOutputStream console = new ByteArrayOutputStream();
    private final PrintStream before = System.err;

    @BeforeEach
    void listen() {
        System.setErr(new PrintStream(console, true, UTF_8));
    }

    @AfterEach
    void giveBack() {
        System.setErr(before);
    }

    @Override
    protected Set<Ability> abilities() {
        return EnumSet.of(Ability.ORDERED);
    }

    @Override
    protected LogProvider open() {
        return new ConsoleLogProvider(Configurations.of(ConsoleLogConfiguration.class, Map.of()));
    }

    @Override
    protected void close(LogProvider provider) {
        // Nothing to deactivate.
    }

    @Override
    protected List<String> records() {
        return List.of(console.toString(UTF_8).split(System.lineSeparator()));
    }
}
