// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class BreakerTest {
    private static final Duration LONG = Duration.ofHours(1);

    private final List<String> events = new CopyOnWriteArrayList<>();

    private Breaker breaker(Duration pause) {
        IncidentLog silent = new IncidentLog() {
            @Override
            public void incident(String id, String text, @Nullable Throwable cause) {}

            @Override
            public void warning(String text, @Nullable Throwable cause) {}
        };
        return new Breaker(
                "state", "jdbc", new BreakerSettings(2, 4, pause, 2), event -> events.add(event.what()), silent);
    }

    @Test
    void tooManyFailuresAmongTheLastCallsOpenTheCircuit() {
        Breaker breaker = breaker(LONG);
        breaker.failed();
        assertThat(breaker.permits()).isTrue();
        breaker.succeeded();
        breaker.succeeded();
        breaker.failed();

        assertThat(breaker.permits()).isFalse();
        assertThat(breaker.opened()).isEqualTo(1);
        assertThat(breaker.trouble()).contains("open").contains("2 of the last 4");
        assertThat(events).containsExactly("circuit-open");
    }

    @Test
    void failuresThatSuccessesPushedOutOfSightDoNotCount() {
        Breaker breaker = breaker(LONG);
        for (int round = 0; round < 10; round++) {
            breaker.failed();
            for (int i = 0; i < 4; i++) {
                breaker.succeeded();
            }
        }

        assertThat(breaker.permits()).isTrue();
        assertThat(breaker.trouble()).isEmpty();
        assertThat(events).isEmpty();
    }

    @Test
    void afterThePauseProbesThatSucceedCloseItAgain() {
        Breaker breaker = opened();
        for (int probe = 0; probe < 2; probe++) {
            awaitPermit(breaker);
            breaker.succeeded();
        }

        assertThat(events).containsExactly("circuit-open", "circuit-half-open", "circuit-closed");
        assertThat(breaker.permits()).isTrue();
        assertThat(breaker.trouble()).isEmpty();
    }

    @Test
    void onlyAsManyCallsProbeAsAreNeededAndTheirFailureOpensItAgain() {
        Breaker breaker = opened();
        awaitPermit(breaker);
        assertThat(breaker.permits()).isTrue();
        assertThat(breaker.permits()).isFalse();
        breaker.failed();

        breaker.failed();
        assertThat(events).containsExactly("circuit-open", "circuit-half-open", "circuit-open");
        assertThat(breaker.opened()).isEqualTo(2);
    }

    @Test
    void aServerThatIsAwayOpensNoCircuit() {
        Breaker breaker = breaker(LONG);
        for (int call = 0; call < 20; call++) {
            assertThat(breaker.permits()).isTrue();
            breaker.away();
        }
        assertThat(events).isEmpty();
    }

    @Test
    void aProbeThatFoundTheServerAwayGivesItsPermissionBack() {
        Breaker breaker = opened();
        awaitPermit(breaker);
        breaker.away();

        assertThat(events).containsExactly("circuit-open", "circuit-half-open", "circuit-open");
        awaitPermit(breaker);
    }

    @Test
    void settingsThatMakeNoSenseAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new BreakerSettings(5, 4, LONG, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new BreakerSettings(1, 1, Duration.ZERO, 1));
    }

    private Breaker opened() {
        Breaker breaker = breaker(Duration.ofMillis(1));
        breaker.failed();
        breaker.failed();
        return breaker;
    }

    private static void awaitPermit(Breaker breaker) {
        while (!breaker.permits()) {
            Thread.onSpinWait();
        }
    }
}
