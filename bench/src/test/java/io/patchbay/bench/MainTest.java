// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MainTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final List<RunOptions> seen = new ArrayList<>();

    @Test
    void metTargetsEndWithZero() {
        assertThat(main(report -> report.figure("p50", 1, "ms", Target.atMost(2)), "it"))
                .isZero();
        assertThat(out.toString(UTF_8)).isEqualToIgnoringNewLines("it p50 1 ms <=2 ok");
    }

    @Test
    void oneMissedTargetEndsNonZeroAndTheRestIsStillRun() {
        assertThat(main(report -> report.never("lost", 1), "it", "it")).isEqualTo(1);
        assertThat(out.toString(UTF_8).lines())
                .containsExactly("it lost 1 count =0 MISSED", "it lost 1 count =0 MISSED");
    }

    @Test
    void aRunThatFailsIsMissedAndSaysItsSeed() {
        assertThat(main(
                        report -> {
                            throw new IllegalStateException("broken");
                        },
                        "--seed",
                        "7",
                        "it"))
                .isEqualTo(1);
        assertThat(out.toString(UTF_8)).contains("it finished 0 bool =1 MISSED");
        assertThat(err.toString(UTF_8)).contains("seed 7").contains("broken");
    }

    @Test
    void targetsInMicrosecondsAreScaledAndTheFactorIsPrinted() {
        assertThat(main(3.75, report -> report.figure("p50", 1.4, "us", Target.atMost(1)), "it"))
                .isZero();
        assertThat(out.toString(UTF_8).lines())
                .containsExactly("it machine-factor 1.5 x - ok", "it p50 1.4 us <=1.5 ok");
    }

    @Test
    void theFactorIsBetweenOneAndTwo() {
        assertThat(new Calibration(() -> 0.1).factor()).isEqualTo(1);
        assertThat(new Calibration(() -> 100).factor()).isEqualTo(2);
    }

    @Test
    void targetsInMillisecondsAreNotScaled() {
        assertThat(main(100, report -> report.figure("stop", 30, "ms", Target.atMost(25)), "it"))
                .isEqualTo(1);
    }

    @Test
    void jsonIsOneObjectALine() {
        main(report -> report.figure("p50", 1.5, "ms", Target.atMost(2)), "--json", "it");
        assertThat(out.toString(UTF_8))
                .isEqualToIgnoringNewLines(
                        "{\"run\":\"it\",\"row\":\"p50\",\"value\":1.5,\"unit\":\"ms\",\"target\":\"<=2\",\"ok\":true}");
    }

    @Test
    void optionsReachTheRunAndItsScratchFolderIsRemoved() {
        main(report -> {}, "--short", "--seed", "9", "it");
        RunOptions options = seen.get(0);
        assertThat(options.shortForm()).isTrue();
        assertThat(options.seed()).isEqualTo(9);
        assertThat(options.repetitions(1, 2)).isEqualTo(1);
        assertThat(Files.exists(options.scratch())).isFalse();
    }

    @Test
    void theListShowsNameAndClaim() {
        assertThat(main(report -> {}, "--list")).isZero();
        assertThat(out.toString(UTF_8)).startsWith("it ").contains("a claim");
        assertThat(seen).isEmpty();
    }

    @Test
    void wrongArgumentsAreUsageErrors() {
        assertThat(main(report -> {}, "other")).isEqualTo(2);
        assertThat(main(report -> {})).isEqualTo(2);
        assertThat(main(report -> {}, "--seed", "x", "it")).isEqualTo(2);
        assertThat(main(report -> {}, "--seed")).isEqualTo(2);
        assertThat(main(report -> {}, "--fast", "it")).isEqualTo(2);
        assertThat(err.toString(UTF_8))
                .contains("\"other\"", "name a run", "\"x\" is none", "needs a number", "\"--fast\"");
    }

    @Test
    void theNamesOfTheCatalogueAreDistinctWords() {
        assertThat(Catalogue.all())
                .extracting(NamedRun::name)
                .doesNotHaveDuplicates()
                .allMatch(name -> name.matches("[a-z0-9-]+"));
    }

    private int main(Body body, String... args) {
        return main(2.5, body, args);
    }

    private int main(double noopHostCallNanos, Body body, String... args) {
        NamedRun run = new NamedRun() {
            @Override
            public String name() {
                return "it";
            }

            @Override
            public String description() {
                return "a claim";
            }

            @Override
            public void run(RunOptions options, Report report) {
                seen.add(options);
                body.run(report);
            }
        };
        Calibration calibration = new Calibration(() -> noopHostCallNanos);
        return new Main(List.of(run), calibration, Path.of(""), print(out), print(err)).run(args);
    }

    private static PrintStream print(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, UTF_8);
    }

    /** What a run does. */
    private interface Body {
        void run(Report report);
    }
}
