// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The short forms that need no more than a JDK and Maven, and a few seconds; the others are run by {@code .ci/run}.
 */
class ShortRunsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "plan",
                "fuzz-wire",
                "vectors",
                "grants-exact",
                "swap-simple",
                "swap-overlap",
                "deadline",
                "hostcall",
                "lease"
            })
    void theShortFormMeetsItsTargets(String name) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Main main = new Main(
                Catalogue.all(),
                Calibration.none(),
                Path.of("").toAbsolutePath().getParent(),
                new PrintStream(out, true, UTF_8),
                System.err);

        int exit = main.run("--short", name);

        assertThat(out.toString(UTF_8).lines())
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line).startsWith(name + " ").endsWith(" ok"));
        assertThat(exit).isZero();
    }
}
