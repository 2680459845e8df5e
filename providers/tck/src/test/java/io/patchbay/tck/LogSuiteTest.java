// SPDX-License-Identifier: Apache-2.0
package io.patchbay.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.provider.ProviderException;
import io.patchbay.provider.ProviderHealth;
import io.patchbay.provider.log.LogEntry;
import io.patchbay.provider.log.LogProvider;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogSuiteTest {
    /** What is wrong with the log. */
    enum Flaw {
        NONE,
        DROPS_SOME,
        REPEATS_SOME,
        SWAPS_NEIGHBOURS,
        SPLITS_AT_LINE_ENDS,
        FILLS_TEMPLATES,
        CUTS,
        LOSES_THE_LEVEL,
        KEEPS_THE_LAST_ONE_BACK,
        STARTS_A_NEW_SINK,
        HIDES_TROUBLE,
        ENDS_WITH_TROUBLE,
        SWALLOWS_IN_TROUBLE,
        SWALLOWS_AFTER_THE_END
    }

    /** What runs next; runs follow each other on one thread. */
    private static final AtomicReference<Flaw> NEXT = new AtomicReference<>(Flaw.NONE);

    /** A log in memory. */
    private static final class ListLog implements LogProvider {
        private final Suite suite;
        private int taken;
        private String held = "";
        private volatile boolean closed;

        ListLog(Suite suite) {
            this.suite = suite;
        }

        @Override
        public ProviderHealth health() {
            return suite.stuck && suite.flaw != Flaw.HIDES_TROUBLE
                    ? new ProviderHealth(ProviderHealth.Status.DEGRADED, "stuck")
                    : ProviderHealth.UP;
        }

        @Override
        public synchronized void write(LogEntry entry) {
            if ((suite.flaw == Flaw.SWALLOWS_AFTER_THE_END && closed)
                    || (suite.flaw == Flaw.SWALLOWS_IN_TROUBLE && suite.stuck)) {
                return;
            }
            if (suite.stuck || suite.ended) {
                suite.ended = suite.flaw == Flaw.ENDS_WITH_TROUBLE;
                throw new ProviderException("stuck");
            }
            taken++;
            String line = suite.flaw == Flaw.LOSES_THE_LEVEL
                    ? entry.text()
                    : entry.level().word() + " " + entry.text();
            switch (suite.flaw) {
                case DROPS_SOME -> {
                    if (taken % 100 != 0) {
                        suite.sink.add(line);
                    }
                }
                case REPEATS_SOME -> {
                    suite.sink.add(line);
                    if (taken % 100 == 0) {
                        suite.sink.add(line);
                    }
                }
                case SWAPS_NEIGHBOURS -> suite.sink.add(Math.max(0, suite.sink.size() - 1), line);
                case SPLITS_AT_LINE_ENDS -> suite.sink.addAll(List.of(line.split("\u2028")));
                case FILLS_TEMPLATES -> suite.sink.add(line.replace("${java.version}", "17"));
                case CUTS -> suite.sink.add(line.substring(0, Math.min(4_096, line.length())));
                case KEEPS_THE_LAST_ONE_BACK -> {
                    if (!held.isEmpty()) {
                        suite.sink.add(held);
                    }
                    held = line;
                }
                default -> suite.sink.add(line);
            }
        }
    }

    /** A log's own suite. */
    static final class Suite extends LogProviderContract {
        private final Flaw flaw = NEXT.get();
        private List<String> sink = new ArrayList<>();
        private volatile boolean stuck;
        private volatile boolean ended;

        @Override
        protected Set<Ability> abilities() {
            return EnumSet.of(Ability.ORDERED, Ability.DURABLE);
        }

        @Override
        protected LogProvider open() {
            if (flaw == Flaw.STARTS_A_NEW_SINK) {
                sink = new ArrayList<>();
            }
            return new ListLog(this);
        }

        @Override
        protected void close(LogProvider provider) {
            ((ListLog) provider).closed = true;
        }

        @Override
        protected List<String> records() {
            return sink;
        }

        @Override
        protected Optional<Fault> fault() {
            return Optional.of(new Fault() {
                @Override
                public void begin() {
                    stuck = true;
                }

                @Override
                public void end() {
                    stuck = false;
                }
            });
        }
    }

    private static SuiteRun run(Flaw flaw) {
        NEXT.set(flaw);
        return SuiteRun.of(Suite.class);
    }

    @Test
    void aRightLogPasses() {
        SuiteRun run = run(Flaw.NONE);
        assertThat(run.failed()).isEmpty();
        assertThat(run.succeeded()).isEqualTo(run.found()).isEqualTo(11);
    }

    @Test
    void everyRuleHasAWrongLogThatBreaksIt() throws Exception {
        CsvSource broken = LogSuiteTest.class
                .getDeclaredMethod("aWrongLogFailsTheTestOfItsRule", Flaw.class, String.class)
                .getAnnotation(CsvSource.class);
        assertThat(Arrays.stream(broken.value()).map(line -> line.split(", ")[1]))
                .containsAll(SuiteRun.rulesOf(LogProviderContract.class, LogProviderContract.class));
    }

    @ParameterizedTest
    @CsvSource({
        "DROPS_SOME, everyEntryArrivesOnceWhateverTheThread",
        "REPEATS_SOME, everyEntryArrivesOnceWhateverTheThread",
        "SWAPS_NEIGHBOURS, oneThreadsEntriesKeepTheirOrderIfTheProviderSaysSo",
        "SPLITS_AT_LINE_ENDS, textIsDataAndNeverStructureOrTemplate",
        "FILLS_TEMPLATES, textIsDataAndNeverStructureOrTemplate",
        "CUTS, theMostFieldsFit",
        "LOSES_THE_LEVEL, anEntryIsOneRecordWithItsLevelAndText",
        "KEEPS_THE_LAST_ONE_BACK, everyEntryArrivesOnceWhateverTheThread",
        "STARTS_A_NEW_SINK, recordsAreThereAfterARestartIfTheProviderSaysSo",
        "HIDES_TROUBLE, aStuckSinkBlocksNobodyAndIsReported",
        "ENDS_WITH_TROUBLE, aStuckSinkBlocksNobodyAndIsReported",
        "SWALLOWS_IN_TROUBLE, aStuckSinkBlocksNobodyAndIsReported",
        "SWALLOWS_AFTER_THE_END, anEntryAfterTheEndIsRefusedOrRecorded",
    })
    void aWrongLogFailsTheTestOfItsRule(Flaw flaw, String rule) {
        NEXT.set(flaw);
        assertThat(SuiteRun.of(Suite.class, rule).failed()).containsExactly(rule);
    }
}
