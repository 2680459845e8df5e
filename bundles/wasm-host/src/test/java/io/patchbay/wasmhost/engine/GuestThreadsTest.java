// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wasmhost.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class GuestThreadsTest {
    private final Deadlines deadlines = new Deadlines();
    private final GuestThreads threads = new GuestThreads(new GuestThreads.Settings(2, 8L << 20), deadlines);
    private final CountDownLatch release = new CountDownLatch(1);

    @AfterEach
    void stop() {
        release.countDown();
        threads.close(Duration.ZERO);
        deadlines.close();
    }

    /** Stands for a provider that does not come back. */
    private int hang() {
        boolean waiting = true;
        while (waiting) {
            try {
                release.await();
                waiting = false;
            } catch (InterruptedException e) {
                throw new AssertionError("nothing near a guest is interrupted", e);
            }
        }
        return 1;
    }

    @Test
    void theCallerIsAnsweredThoughTheThreadHangs() throws Exception {
        assertThatThrownBy(() -> threads.run(signal -> hang(), EngineFixture.SOON, () -> {}))
                .isInstanceOfSatisfying(
                        GuestTrap.class, trap -> assertThat(trap.reason()).isEqualTo(GuestTrap.Reason.DEADLINE));

        assertThat(threads.running()).isEqualTo(1);
        assertThat(threads.<Integer>run(signal -> 5, EngineFixture.LONG, () -> {}))
                .isEqualTo(5);
    }

    @Test
    void aGuestNeverRunsOnItsCallersThread() throws Exception {
        assertThat(threads.<Thread>run(signal -> Thread.currentThread(), EngineFixture.LONG, () -> {}))
                .isNotSameAs(Thread.currentThread());
    }

    @Test
    void withoutAFreeThreadItIsBusy() throws Exception {
        CountDownLatch started = new CountDownLatch(2);
        for (int i = 0; i < 2; i++) {
            Thread caller = new Thread(() -> {
                try {
                    threads.run(
                            signal -> {
                                started.countDown();
                                return hang();
                            },
                            EngineFixture.LONG,
                            () -> {});
                } catch (GuestTrap | GuestThreadsBusyException e) {
                    throw new AssertionError(e);
                }
            });
            caller.setDaemon(true);
            caller.start();
        }
        started.await();

        assertThatThrownBy(() -> threads.run(signal -> 1, EngineFixture.LONG, () -> {}))
                .isInstanceOf(GuestThreadsBusyException.class)
                .hasMessageContaining("2 guest threads");
    }

    @Test
    void aGuestThatGoesOnIsReported() throws Exception {
        CountDownLatch reported = new CountDownLatch(1);

        assertThatThrownBy(() -> threads.run(
                        signal -> {
                            while (reported.getCount() > 0) {
                                Thread.onSpinWait();
                            }
                            return 1;
                        },
                        EngineFixture.SOON,
                        reported::countDown))
                .isInstanceOf(GuestTrap.class);

        reported.await();
    }

    @Test
    void theTimeOfAProviderIsNotTheGuests() throws Exception {
        AtomicReference<String> report = new AtomicReference<>("none");
        CountDownLatch left = new CountDownLatch(1);

        assertThatThrownBy(() -> threads.run(
                        signal -> {
                            signal.enterProvider();
                            long end = cpuTime() + 300_000_000L;
                            while (cpuTime() < end) {
                                Thread.onSpinWait();
                            }
                            signal.leaveProvider();
                            left.countDown();
                            return 1;
                        },
                        EngineFixture.SOON,
                        () -> report.set("runaway")))
                .isInstanceOf(GuestTrap.class);
        left.await();

        assertThat(report).hasValue("none");
    }

    private static long cpuTime() {
        return java.lang.management.ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    @Test
    void anInterruptedCallerIsAnsweredAndStaysInterrupted() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> threads.run(signal -> hang(), EngineFixture.LONG, () -> {}))
                .isInstanceOfSatisfying(
                        GuestTrap.class, trap -> assertThat(trap.reason()).isEqualTo(GuestTrap.Reason.CANCELLED));
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void closingCancelsWhatRuns() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread caller = new Thread(() -> {
            try {
                threads.run(
                        signal -> {
                            started.countDown();
                            while (true) {
                                signal.check();
                            }
                        },
                        EngineFixture.LONG,
                        () -> {});
            } catch (GuestTrap | GuestThreadsBusyException e) {
                thrown.set(e);
            }
        });
        caller.start();
        started.await();

        assertThat(threads.close(Duration.ofSeconds(10)))
                .as("no thread is left")
                .isTrue();
        caller.join();

        assertThat(thrown.get()).hasMessage("cancelled");
        assertThatThrownBy(() -> threads.run(signal -> 1, EngineFixture.LONG, () -> {}))
                .isInstanceOf(GuestThreadsBusyException.class)
                .hasMessageContaining("being stopped");
    }

    @Test
    void closingWaitsNoLongerThanItsPatienceForAProviderThatHangs() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> threads.run(signal -> hang(), EngineFixture.LONG, () -> {}))
                .hasMessage("cancelled");
        assertThat(Thread.interrupted()).isTrue();

        assertThat(threads.close(Duration.ofMillis(1))).isFalse();
        assertThat(threads.running()).isEqualTo(1);
        release.countDown();
        assertThat(threads.close(Duration.ofSeconds(10))).isTrue();
    }
}
