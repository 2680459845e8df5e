// SPDX-License-Identifier: Apache-2.0
package io.patchbay.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.provider.Durability;
import io.patchbay.provider.state.StateProvider;
import io.patchbay.tck.BookState.Flaw;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StateSuiteTest {
    /** What the next run of {@link Suite} is about; runs follow each other on one thread. */
    private static final AtomicReference<Case> NEXT = new AtomicReference<>(new Case(Flaw.NONE, Set.of()));

    record Case(Flaw flaw, Set<Ability> declared) {}

    /** A provider's own suite, for the case at hand. */
    static final class Suite extends StateProviderContract {
        private final Case subject = NEXT.get();
        private final BookState.Book book = new BookState.Book();

        @Override
        protected Set<Ability> abilities() {
            return subject.declared();
        }

        private BookState on(BookState.Book where, String setting) {
            Durability said = subject.flaw() == Flaw.DENIES_ITS_DURABILITY ? Durability.NONE : Durability.PROCESS;
            return new BookState(where, subject.flaw(), said, setting);
        }

        @Override
        protected StateProvider open() {
            return on(book, BookState.RIGHT);
        }

        @Override
        protected StateProvider openOther() {
            return on(new BookState.Book(), BookState.RIGHT);
        }

        @Override
        protected void close(StateProvider provider) {
            ((BookState) provider).close();
        }

        @Override
        protected Map<String, Opener> misconfigured() {
            return Map.of("url", () -> on(book, SECRET));
        }

        @Override
        protected Set<String> secrets() {
            return Set.of(SECRET);
        }

        @Override
        protected Optional<Fault> fault() {
            return Optional.of(new Fault() {
                @Override
                public void begin() {
                    book.broken = true;
                }

                @Override
                public void end() {
                    book.broken = false;
                }
            });
        }
    }

    private static final String SECRET = "hunter2";
    private static final Set<Ability> TRUE = EnumSet.of(Ability.DURABLE, Ability.SHARED);

    private static SuiteRun run(Flaw flaw, Set<Ability> declared) {
        NEXT.set(new Case(flaw, declared));
        return SuiteRun.of(Suite.class);
    }

    @Test
    void aRightProviderPasses() {
        SuiteRun run = run(Flaw.NONE, TRUE);
        assertThat(run.failed()).isEmpty();
        assertThat(run.succeeded()).isEqualTo(run.found()).isGreaterThan(25);
    }

    @Test
    void anAbilityThatIsNotDeclaredMustNotBeThere() {
        assertThat(run(Flaw.NONE, EnumSet.of(Ability.DURABLE)).failed())
                .contains("severalProvidersWorkOnOneStoreIfAndOnlyIfItIsShared");
        assertThat(run(Flaw.NONE, EnumSet.of(Ability.SHARED)).failed())
                .contains("itSaysDurableIfAndOnlyIfItIs", "aRestartKeepsWhatWasAcknowledgedIfAndOnlyIfItIsDurable");
    }

    @Test
    void everyRuleHasAWrongProviderThatBreaksIt() throws Exception {
        CsvSource broken = StateSuiteTest.class
                .getDeclaredMethod("aWrongProviderFailsTheTestOfItsRule", Flaw.class, String.class)
                .getAnnotation(CsvSource.class);
        assertThat(Arrays.stream(broken.value()).map(line -> line.split(", ")[1]))
                .containsAll(SuiteRun.rulesOf(StateProviderContract.class, ProviderContract.class));
    }

    @ParameterizedTest
    @CsvSource({
        "IGNORES_CASE, everyKeyIsAKeyOfItsOwn",
        "TRIMS_KEYS, everyKeyIsAKeyOfItsOwn",
        "NORMALIZES_KEYS, everyKeyIsAKeyOfItsOwn",
        "CUTS_AT_NUL, everyKeyIsAKeyOfItsOwn",
        "IGNORES_CASE, removingAKeyRemovesNoOther",
        "LOSES_EMPTY_VALUES, aStoredEmptyTextIsPresent",
        "LOSES_EMPTY_VALUES, everyValueIsKeptAsItIs",
        "COMPARES_BY_UTF16, pagesFollowEachOtherWhateverTheKeyBetween",
        "MIXES_TENANT_AND_KEY, scopesThatLookAlikeShareNothing",
        "PURGES_BY_PREFIX, scopesThatLookAlikeShareNothing",
        "IGNORES_TENANTS_ON_PURGE, scopesThatLookAlikeShareNothing",
        "WRITES_ONE_BY_ONE, aReaderNeverSeesHalfOfABatch",
        "REMOVES_ONE_BY_ONE, aReaderNeverSeesHalfOfARemoval",
        "CHECKS_QUOTA_BEFORE_THE_STEP, theQuotaHoldsUnderWritersThatRaceForTheRest",
        "CHARGES_OVERWRITES_TWICE, theQuotaIsExactAndOverwritingRefundsFirst",
        "COUNTS_CHARACTERS, theLargestValuesAndBatchesFit",
        "WRITES_BEFORE_THE_QUOTA, aBatchOverTheQuotaWritesNothingAndSaysWhichLimit",
        "ANSWERS_WHEN_CLOSED, aClosedProviderRefusesEveryCallWithAReason",
        "NEW_ID_ON_OPEN, aRestartKeepsWhatWasAcknowledgedIfAndOnlyIfItIsDurable",
        "NEW_ID_ON_OPEN, severalProvidersWorkOnOneStoreIfAndOnlyIfItIsShared",
        "ONE_ID_FOR_ALL, anotherStoreHasAnotherIdAndOtherContent",
        "FORGETS, aRestartKeepsWhatWasAcknowledgedIfAndOnlyIfItIsDurable",
        "REPEATS_THE_PAGE_KEY, pagesFollowEachOtherWhateverTheKeyBetween",
        "ACKNOWLEDGES_FIRST, anAcknowledgedWriteIsSeenByReadsThatStartAfterIt",
        "UNREADY_AGAIN, whatIsReadyStaysReady",
        "HIDES_TROUBLE, aFaultLosesNothingAcknowledgedAndLeavesNothingHalf",
        "WRITES_HALF_IN_TROUBLE, aFaultLosesNothingAcknowledgedAndLeavesNothingHalf",
        "REFUSES_BIG_VALUES, theLargestValuesAndBatchesFit",
        "GIVES_ITS_OWN_MAP, whatIsGivenOutCannotBeChangedNorChangesLater",
        "ACTIVATES_WITH_ANYTHING, aWrongSettingIsSaidByReadyAndNotByActivation",
        "SAYS_UP_WHEN_IT_CANNOT, aWrongSettingIsSaidByReadyAndNotByActivation",
        "TELLS_THE_SECRET, aWrongSettingIsSaidByReadyAndNotByActivation",
        "NEVER_UP, aReadyProviderIsUp",
        "READS_FIFTY_AT_MOST, aBatchMayHoldEveryTrickAtOnce",
        "MISSES_LOUDLY, emptyBatchesAndMissingKeysAreNoErrors",
        "COUNTS_ALL_SCOPES, eachScopeHasAQuotaOfItsOwn",
        "KEEPS_THE_CALLERS_MAP, theCallersMapIsNotKept",
        "WRITES_BACK_A_COPY, writersOfOneScopeLoseNothing",
        "COUNTS_BESIDE_THE_STEP, usageStaysExactUnderOverwritesAndRemovals",
        "COUNTS_BESIDE_THE_STEP, aPurgeDuringWritesLeavesUsageExact",
        "NEW_ID_ON_PURGE, theStoreIsTheSameForTheLifeOfTheComponent",
        "REFUSES_TO_SHRINK, aScopeOverALoweredQuotaMayShrinkAndNotGrow",
        "LISTS_BY_POSITION, aListingDuringWritesShowsWhatStaysExactlyOnceAndInOrder",
        "FORGETS, closingDuringWritesLosesNothingAcknowledgedAndLeavesNothingHalf",
        "DENIES_ITS_DURABILITY, itSaysDurableIfAndOnlyIfItIs",
    })
    void aWrongProviderFailsTheTestOfItsRule(Flaw flaw, String rule) {
        NEXT.set(new Case(flaw, TRUE));
        assertThat(SuiteRun.of(Suite.class, rule).failed()).containsExactly(rule);
    }
}
