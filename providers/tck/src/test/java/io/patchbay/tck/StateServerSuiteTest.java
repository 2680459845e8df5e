// SPDX-License-Identifier: Apache-2.0
package io.patchbay.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.provider.Durability;
import io.patchbay.provider.state.StateProvider;
import io.patchbay.tck.BookState.Flaw;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StateServerSuiteTest {
    /** What the next run of {@link Suite} is about; runs follow each other on one thread. */
    private static final AtomicReference<Flaw> NEXT = new AtomicReference<>(Flaw.NONE);

    /** A provider's own suite, for the flaw at hand. */
    static final class Suite extends StateServerContract {
        private final Flaw flaw = NEXT.get();
        private final BookState.Book book = new BookState.Book();

        @Override
        protected StateProvider open() {
            return new BookState(book, flaw, Durability.PROCESS, BookState.RIGHT);
        }

        @Override
        protected void close(StateProvider provider) {
            ((BookState) provider).close();
        }

        @Override
        protected Fault server() {
            return new Fault() {
                @Override
                public void begin() {
                    book.away(true);
                }

                @Override
                public void end() {
                    book.away(false);
                }
            };
        }
    }

    private static SuiteRun run(Flaw flaw) {
        NEXT.set(flaw);
        return SuiteRun.of(Suite.class);
    }

    @Test
    void aRightProviderPasses() {
        SuiteRun run = run(Flaw.NONE);
        assertThat(run.failed()).isEmpty();
        assertThat(run.succeeded()).isEqualTo(run.found()).isGreaterThanOrEqualTo(7);
    }

    @Test
    void everyRuleHasAWrongProviderThatBreaksIt() throws Exception {
        CsvSource broken = StateServerSuiteTest.class
                .getDeclaredMethod("aWrongProviderFailsTheTestOfItsRule", Flaw.class, String.class)
                .getAnnotation(CsvSource.class);
        assertThat(Arrays.stream(broken.value()).map(line -> line.split(", ")[1]))
                .containsAll(SuiteRun.rulesOf(StateServerContract.class, StateServerContract.class));
    }

    @ParameterizedTest
    @CsvSource({
        "LOSES_THE_LAST_WRITES_IN_A_CRASH, aServerThatIsKilledLosesNoAcknowledgedWriteAndIsUsedAgainWhenItReturns",
        "WRITES_AND_SAYS_NOTHING_WAS_DONE, whileTheServerIsAwayEveryCallSaysSoAndThatItHasChangedNothing",
        "DOUBTS_WHAT_NEVER_REACHED_THE_SERVER, whileTheServerIsAwayEveryCallSaysSoAndThatItHasChangedNothing",
        "DOUBTS_WHAT_NEVER_REACHED_THE_SERVER, aServerThatIsKilledLosesNoAcknowledgedWriteAndIsUsedAgainWhenItReturns",
        "DOES_NOT_SAY_THAT_THE_SERVER_IS_AWAY, whileTheServerIsAwayEveryCallSaysSoAndThatItHasChangedNothing",
        "HIDES_TROUBLE, whileTheServerIsAwayEveryCallSaysSoAndThatItHasChangedNothing",
        "DOUBTS_THE_CALL_AFTER_A_RESTART, noCallIsInDoubtBecauseTheServerWasRestartedBeforeIt",
        "GIVES_UP_A_SERVER_THAT_IS_NOT_THERE_YET, aProviderThatStartsBeforeItsServerIsReadyWhenTheServerIs",
    })
    void aWrongProviderFailsTheTestOfItsRule(Flaw flaw, String rule) {
        NEXT.set(flaw);
        assertThat(SuiteRun.of(Suite.class, rule).failed()).containsExactly(rule);
    }
}
