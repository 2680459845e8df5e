// SPDX-License-Identifier: Apache-2.0
package io.patchbay.log.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.provider.log.LogEntry;
import io.patchbay.provider.log.LogLevel;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConsoleLineTest {
    @Test
    void aLineIsTimeLevelAndTheTextOfTheContract() {
        LogEntry entry = new LogEntry(
                Instant.parse("2026-01-02T03:04:05Z"),
                LogLevel.WARNING,
                "demo",
                0,
                "e1",
                "node",
                "disk",
                Map.of("free", "1 GiB"));
        assertThat(ConsoleLine.of(entry)).isEqualTo("2026-01-02T03:04:05.000Z warning [plugin:demo] disk free=1 GiB");
    }
}
