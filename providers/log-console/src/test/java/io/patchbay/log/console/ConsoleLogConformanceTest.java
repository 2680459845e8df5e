// SPDX-License-Identifier: Apache-2.0
package io.patchbay.log.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.patchbay.provider.log.LogProvider;
import io.patchbay.tck.Ability;
import io.patchbay.tck.Configurations;
import io.patchbay.tck.Fault;
import io.patchbay.tck.LogProviderContract;
import java.io.PrintStream;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class ConsoleLogConformanceTest extends LogProviderContract {
    private final HeldConsole console = new HeldConsole();
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
        ((ConsoleLogProvider) provider).deactivate();
    }

    @Override
    protected List<String> records() {
        return List.of(console.text().split(System.lineSeparator()));
    }

    @Override
    protected long dropped(LogProvider provider) {
        return ((ConsoleLogProvider) provider)
                .metrics().stream()
                        .filter(metric -> metric.name().endsWith("dropped_total"))
                        .mapToLong(metric -> (long) metric.value())
                        .sum();
    }

    @Override
    protected Optional<Fault> fault() {
        return Optional.of(console);
    }
}
