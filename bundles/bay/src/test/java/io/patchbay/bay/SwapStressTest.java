// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bay;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.provider.Access;
import io.patchbay.provider.Durability;
import io.patchbay.provider.Provider;
import io.patchbay.provider.StoreIdentity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;

/** Providers toggled from several threads under callers: no call fails, and none reaches a provider that was let go. */
class SwapStressTest {
    private static final int TOGGLERS = 3;
    private static final int TOGGLES = 2_000;
    private static final int CALLERS = 4;

    @Test
    void chaoticTogglesFailNoCallOfAFreeKind() throws Exception {
        try (Bench bench = Bench.free(Duration.ofSeconds(30))) {
            stress(bench, "NONE", TOGGLES, new StoreIdentity(UUID.randomUUID(), Durability.POWER));
        }
    }

    @Test
    void chaoticTogglesOfProvidersOnOneStoreFailNoCallOfAStickyKind() throws Exception {
        try (Bench bench = Bench.sticky(Duration.ofSeconds(30))) {
            stress(bench, "NONE", TOGGLES, new StoreIdentity(UUID.randomUUID(), Durability.POWER));
        }
    }

    @Test
    void chaoticTogglesFailNoCallOnAPool() throws Exception {
        try (Bench bench = Bench.free(Duration.ofSeconds(30))) {
            bench.bay.settings(
                    new BaySettings(Duration.ofSeconds(30), Duration.ofSeconds(3), 4, 16, BreakerSettings.DEFAULT));
            stress(bench, "ALL", TOGGLES / 10, new StoreIdentity(UUID.randomUUID(), Durability.POWER));
        }
    }

    private static void stress(Bench bench, String blocking, int toggles, StoreIdentity store) throws Exception {
        ExecutorService threads = Executors.newCachedThreadPool();
        AtomicBoolean stop = new AtomicBoolean();
        LongAdder calls = new LongAdder();
        List<Future<?>> callers = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            String plugin = "p" + i % 2;
            Access access = i < 2 ? Access.READ : Access.WRITE;
            callers.add(threads.submit(() -> {
                while (!stop.get()) {
                    bench.plugin(plugin).call(access, Bench.soon(), Probe::answer);
                    calls.increment();
                }
                return null;
            }));
        }
        List<Future<?>> togglers = new ArrayList<>();
        for (int i = 0; i < TOGGLERS; i++) {
            int ranking = i * 10;
            togglers.add(threads.submit(() -> {
                for (int n = 0; n < toggles; n++) {
                    Probe probe = new Probe("x", store);
                    long id = bench.add(
                            "r" + ranking,
                            probe,
                            Map.of(
                                    "service.ranking",
                                    ranking,
                                    Provider.BLOCKING,
                                    blocking,
                                    Provider.CALL_TIMEOUT,
                                    30_000L));
                    bench.remove(id);
                    probe.gone = true;
                }
                return null;
            }));
        }
        try {
            for (Future<?> toggler : togglers) {
                toggler.get(60, TimeUnit.SECONDS);
            }
            bench.add("last", new Probe("x", store));
            stop.set(true);
            for (Future<?> caller : callers) {
                caller.get(60, TimeUnit.SECONDS);
            }
        } finally {
            stop.set(true);
            threads.shutdownNow();
        }

        assertThat(bench.incidents).isEmpty();
        assertThat(bench.slot.counters().overstays.sum()).isZero();
        assertThat(calls.sum()).isPositive();
    }
}
