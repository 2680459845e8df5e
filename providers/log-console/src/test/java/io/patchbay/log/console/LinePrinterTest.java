// SPDX-License-Identifier: Apache-2.0
package io.patchbay.log.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.provider.ProviderException;
import java.io.PrintStream;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class LinePrinterTest {
    private final HeldConsole console = new HeldConsole();
    private final LinePrinter printer = new LinePrinter(streamOf(console)).start();

    private static Supplier<PrintStream> streamOf(HeldConsole console) {
        PrintStream stream = new PrintStream(console, true, UTF_8);
        return () -> stream;
    }

    private List<String> lines() {
        return console.text().lines().toList();
    }

    @Test
    void aHeldConsoleHoldsNobodyAndSaysWhereLinesAreMissing() {
        printer.print("before");
        console.begin();
        int given = LinePrinter.CAPACITY + 100;
        for (int i = 0; i < given; i++) {
            printer.print("line " + i);
        }
        assertThat(printer.trouble()).contains("the console takes no lines", "100 dropped");
        assertThat(printer.dropped()).isEqualTo(100);
        assertThat(printer.waiting()).isEqualTo(LinePrinter.CAPACITY);

        console.end();
        printer.close();

        assertThat(lines()).hasSize(1 + LinePrinter.CAPACITY + 1).startsWith("before", "line 0", "line 1");
        assertThat(lines())
                .element(1 + LinePrinter.CAPACITY)
                .isEqualTo("-- 100 log entries are missing here: the console took none --");
        assertThat(printer.trouble()).isEmpty();
    }

    @Test
    void aConsoleThatIsHeldAtTheEndDoesNotHoldTheEnd() {
        console.begin();
        printer.print("never");
        printer.close();

        assertThat(lines()).isEmpty();
        assertThatThrownBy(() -> printer.print("after")).isInstanceOf(ProviderException.class);
        console.end();
    }
}
