// SPDX-License-Identifier: Apache-2.0
package io.patchbay.http.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.plugin.PluginCallException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CancellationTest {
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch working = new CountDownLatch(1);

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    @Test
    void itInterruptsWhoWorks() throws Exception {
        Cancellation cancellation = new Cancellation();
        Future<String> work = threads.submit(() -> cancellation.run(() -> {
            working.countDown();
            try {
                new CountDownLatch(1).await();
                return "went on";
            } catch (InterruptedException e) {
                return "interrupted";
            }
        }));
        working.await();
        cancellation.cancel();

        assertThat(work.get(10, TimeUnit.SECONDS)).isEqualTo("interrupted");
    }

    @Test
    void whatIsShieldedGoesOnAndTheRestDoesNotBegin() throws Exception {
        Cancellation cancellation = new Cancellation();
        CountDownLatch cancelled = new CountDownLatch(1);
        AtomicInteger interrupts = new AtomicInteger();
        Future<String> work = threads.submit(() -> cancellation.run(() -> cancellation.shielded(() -> {
            working.countDown();
            try {
                cancelled.await();
            } catch (InterruptedException e) {
                interrupts.incrementAndGet();
            }
            return "done";
        })));
        working.await();
        cancellation.cancel();
        cancelled.countDown();

        assertThatThrownBy(() -> work.get(10, TimeUnit.SECONDS))
                .hasCauseInstanceOf(PluginCallException.class)
                .hasMessageContaining("cancelled");
        assertThat(interrupts).hasValue(0);
    }

    @Test
    void whatWasCancelledBeforeDoesNotBegin() {
        Cancellation cancellation = new Cancellation();
        cancellation.cancel();

        assertThatThrownBy(() -> cancellation.run(() -> "begun")).hasMessage("cancelled");
    }

    /** Stress: an interrupt that comes late would hit the thread's next work. */
    @Test
    void noInterruptIsLeftBehind() throws Exception {
        AtomicInteger leftBehind = new AtomicInteger();
        for (int round = 0; round < 20_000; round++) {
            Cancellation cancellation = new Cancellation();
            CountDownLatch begun = new CountDownLatch(1);
            Future<?> work = threads.submit(() -> {
                try {
                    cancellation.run(() -> {
                        begun.countDown();
                        return "";
                    });
                } catch (PluginCallException e) {
                    // cancelled before it began
                }
                if (Thread.interrupted()) {
                    leftBehind.incrementAndGet();
                }
            });
            begun.await();
            cancellation.cancel();
            work.get(10, TimeUnit.SECONDS);
        }
        assertThat(leftBehind).hasValue(0);
    }
}
