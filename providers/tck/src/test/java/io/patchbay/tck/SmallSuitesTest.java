// SPDX-License-Identifier: Apache-2.0
package io.patchbay.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.provider.clock.ClockProvider;
import io.patchbay.provider.node.NodeProvider;
import io.patchbay.provider.uuid.UuidProvider;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class SmallSuitesTest {
    /** A clock's own suite, in short. */
    abstract static class Clocks extends ClockProviderContract {
        private final ClockProvider clock;
        private final Set<Ability> abilities;

        Clocks(Set<Ability> abilities, ClockProvider clock) {
            this.abilities = abilities;
            this.clock = clock;
        }

        @Override
        protected Set<Ability> abilities() {
            return abilities;
        }

        @Override
        protected ClockProvider open() {
            return clock;
        }

        @Override
        protected void close(ClockProvider provider) {}

        @Override
        protected long expectedMillis() {
            return 0;
        }
    }

    static final class RightClock extends Clocks {
        RightClock() {
            super(EnumSet.of(Ability.RUNNING), System::currentTimeMillis);
        }
    }

    static final class ClockInSeconds extends Clocks {
        ClockInSeconds() {
            super(EnumSet.of(Ability.RUNNING), () -> System.currentTimeMillis() / 1_000);
        }
    }

    static final class StandingClock extends Clocks {
        StandingClock() {
            super(EnumSet.of(Ability.RUNNING), () -> 0);
        }
    }

    static final class UndeclaredRunningClock extends Clocks {
        UndeclaredRunningClock() {
            super(EnumSet.noneOf(Ability.class), System::currentTimeMillis);
        }
    }

    @Test
    void aRightClockPasses() {
        assertThat(SuiteRun.of(RightClock.class).failed()).isEmpty();
        assertThat(SuiteRun.of(RightClock.class).succeeded()).isEqualTo(7);
    }

    @Test
    void everyRuleOfClocksIsBrokenByAWrongOne() {
        assertThat(SuiteRun.of(ClockInSeconds.class).failed())
                .contains("itCountsMillisecondsSince1970", "itIsSafeUnderThreads", "itIsTheSameClockAfterARestart");
        assertThat(SuiteRun.of(StandingClock.class).failed()).contains("itMovesOnIfAndOnlyIfItSaysSo");
        assertThat(SuiteRun.of(UndeclaredRunningClock.class).failed()).contains("itMovesOnIfAndOnlyIfItSaysSo");
        assertThat(SuiteRun.brokenBy(ClockInSeconds.class, StandingClock.class))
                .containsAll(SuiteRun.rulesOf(ClockProviderContract.class, ClockProviderContract.class));
    }

    /** A node's own suite, in short. */
    abstract static class Nodes extends NodeProviderContract {
        private final Supplier<String> name;

        Nodes(Supplier<String> name) {
            this.name = name;
        }

        @Override
        protected Set<Ability> abilities() {
            return EnumSet.noneOf(Ability.class);
        }

        @Override
        protected NodeProvider open() {
            return name::get;
        }

        @Override
        protected void close(NodeProvider provider) {}

        @Override
        protected String expectedName() {
            return "node-1";
        }
    }

    static final class RightNode extends Nodes {
        RightNode() {
            super(() -> "node-1");
        }
    }

    static final class UntrimmedNode extends Nodes {
        UntrimmedNode() {
            super(() -> "node-1\n");
        }
    }

    static final class FickleNode extends Nodes {
        FickleNode() {
            super(() -> "node-" + System.nanoTime());
        }
    }

    /** Has another name after the first start. */
    static final class RenamedNode extends Nodes {
        private int starts;

        RenamedNode() {
            super(() -> "");
        }

        @Override
        protected NodeProvider open() {
            String name = starts++ == 0 ? "node-1" : "node-2";
            return () -> name;
        }
    }

    static final class LongNode extends Nodes {
        LongNode() {
            super(() -> "n".repeat(256));
        }
    }

    @Test
    void aRightNodePasses() {
        assertThat(SuiteRun.of(RightNode.class).failed()).isEmpty();
    }

    @Test
    void everyRuleOfNodesIsBrokenByAWrongOne() {
        assertThat(SuiteRun.of(UntrimmedNode.class).failed())
                .contains("theNameIsTheExpectedOne", "theNameIsTextOfAtMost255Bytes");
        assertThat(SuiteRun.of(FickleNode.class).failed()).contains("everyThreadIsToldTheSameName");
        assertThat(SuiteRun.of(LongNode.class).failed()).contains("theNameIsTextOfAtMost255Bytes");
        assertThat(SuiteRun.of(RenamedNode.class).failed()).containsExactly("theNameIsTheSameAfterARestart");
        assertThat(SuiteRun.brokenBy(UntrimmedNode.class, FickleNode.class, RenamedNode.class))
                .containsAll(SuiteRun.rulesOf(NodeProviderContract.class, NodeProviderContract.class));
    }

    /** A suite of identifiers, in short. */
    abstract static class Uuids extends UuidProviderContract {
        private final Supplier<UuidProvider> provider;
        private final Set<Ability> abilities;

        Uuids(Set<Ability> abilities, Supplier<UuidProvider> provider) {
            this.abilities = abilities;
            this.provider = provider;
        }

        @Override
        protected Set<Ability> abilities() {
            return abilities;
        }

        @Override
        protected UuidProvider open() {
            return provider.get();
        }

        @Override
        protected void close(UuidProvider provider) {}

        @Override
        protected Pattern form() {
            return Pattern.compile("[0-9a-f-]{36}");
        }
    }

    static final class RightUuid extends Uuids {
        RightUuid() {
            super(
                    EnumSet.of(Ability.UNIQUE_ACROSS_RESTARTS),
                    () -> () -> UUID.randomUUID().toString());
        }
    }

    static final class UuidThatClaimsOrder extends Uuids {
        UuidThatClaimsOrder() {
            super(EnumSet.allOf(Ability.class), () -> () -> UUID.randomUUID().toString());
        }
    }

    static final class GrowingUuid extends Uuids {
        GrowingUuid() {
            super(EnumSet.allOf(Ability.class), counter(System::nanoTime));
        }
    }

    static final class UuidThatDeniesItsOrder extends Uuids {
        UuidThatDeniesItsOrder() {
            super(EnumSet.of(Ability.UNIQUE_ACROSS_RESTARTS), counter(System::nanoTime));
        }
    }

    static final class UuidOfAFewBits extends Uuids {
        UuidOfAFewBits() {
            super(EnumSet.of(Ability.UNIQUE_ACROSS_RESTARTS), () -> {
                Random random = new Random(1);
                return () -> String.format("%036x", random.nextInt(65_536));
            });
        }
    }

    static final class UuidThatStartsAgain extends Uuids {
        UuidThatStartsAgain() {
            super(EnumSet.of(Ability.UNIQUE_ACROSS_RESTARTS, Ability.ORDERED), counter(() -> 0L));
        }
    }

    static final class UuidWithALineEnd extends Uuids {
        UuidWithALineEnd() {
            super(EnumSet.of(Ability.UNIQUE_ACROSS_RESTARTS), () -> () -> UUID.randomUUID() + "\n");
        }
    }

    private static Supplier<UuidProvider> counter(Supplier<Long> start) {
        return () -> {
            AtomicLong next = new AtomicLong(start.get());
            return () -> String.format("%036x", next.getAndIncrement());
        };
    }

    @Test
    void rightIdentifiersPass() {
        assertThat(SuiteRun.of(RightUuid.class).failed()).isEmpty();
        assertThat(SuiteRun.of(GrowingUuid.class).failed()).isEmpty();
    }

    @Test
    void everyRuleOfIdentifiersIsBrokenByWrongOnes() {
        assertThat(SuiteRun.of(UuidThatClaimsOrder.class).failed())
                .contains("identifiersGrowIfAndOnlyIfTheProviderSaysSo", "noIdentifierIsGivenTwiceWhateverTheThread");
        assertThat(SuiteRun.of(UuidThatDeniesItsOrder.class).failed())
                .containsExactly("identifiersGrowIfAndOnlyIfTheProviderSaysSo");
        assertThat(SuiteRun.of(UuidOfAFewBits.class).failed())
                .contains(
                        "noIdentifierIsGivenTwiceWhateverTheThread",
                        "aRestartRepeatsIdentifiersUnlessTheProviderSaysOtherwise");
        assertThat(SuiteRun.of(UuidThatStartsAgain.class).failed())
                .containsExactly("aRestartRepeatsIdentifiersUnlessTheProviderSaysOtherwise");
        assertThat(SuiteRun.of(UuidWithALineEnd.class).failed())
                .contains("everyIdentifierHasTheDeclaredForm", "everyIdentifierIsTextOfAtMost255Bytes");
        assertThat(SuiteRun.brokenBy(UuidThatClaimsOrder.class, UuidThatStartsAgain.class, UuidWithALineEnd.class))
                .containsAll(SuiteRun.rulesOf(UuidProviderContract.class, UuidProviderContract.class));
    }
}
