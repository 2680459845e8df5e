// SPDX-License-Identifier: Apache-2.0
package io.patchbay.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RoundsTest {
    @Test
    void aLookThatFailsIsFollowedByAnother() throws InterruptedException {
        AtomicInteger failures = new AtomicInteger();
        CountDownLatch looks = new CountDownLatch(3);
        try (Rounds rounds = new Rounds(Duration.ofMillis(1), failure -> failures.incrementAndGet())) {
            rounds.start(now -> {
                looks.countDown();
                throw new IllegalStateException("once more");
            });

            assertThat(looks.await(10, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(failures).hasValueGreaterThanOrEqualTo(3);
    }

    @Test
    void whoAsksDoesNotWaitForThePause() throws InterruptedException {
        CountDownLatch looks = new CountDownLatch(2);
        try (Rounds rounds = new Rounds(Duration.ofHours(1), failure -> {})) {
            rounds.start(now -> looks.countDown());
            rounds.soon();

            assertThat(looks.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }
}
