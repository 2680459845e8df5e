// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wasmhost.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.artifact.assembler.GuestBuilder;
import io.patchbay.artifact.assembler.Guests;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a guest loops in, it is stopped at its deadline and the one thread that there is runs the next. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class EndlessGuestTest {
    private Deadlines deadlines;
    private GuestThreads threads;

    @BeforeAll
    void start() {
        deadlines = new Deadlines();
        threads = new GuestThreads(new GuestThreads.Settings(1, 8L << 20), deadlines);
    }

    @AfterAll
    void stop() {
        threads.close(Duration.ZERO);
        deadlines.close();
    }

    static Stream<String> names() {
        return Guests.endless().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("names")
    void anEndlessGuestIsStoppedAndItsThreadIsUsedAgain(String name) throws Exception {
        LoadedModule module = EngineFixture.load(Guests.endless().get(name));
        FreshInstances source = new FreshInstances(module, () -> InstanceLimits.DEFAULT, PageBudget.UNLIMITED);
        AtomicInteger runaways = new AtomicInteger();
        GuestJob<long[]> job = signal -> {
            try (GuestInstance guest = source.instance(EngineFixture::imports, signal)) {
                if (guest.exportedFunction("_initialize").isPresent()) {
                    EngineFixture.call(guest, "_initialize");
                }
                return EngineFixture.call(guest, GuestBuilder.EXECUTE, 0);
            }
        };

        assertThatThrownBy(() -> threads.run(job, EngineFixture.SOON, runaways::incrementAndGet))
                .isInstanceOfSatisfying(
                        GuestTrap.class, trap -> assertThat(trap.reason()).isEqualTo(GuestTrap.Reason.DEADLINE));

        awaitFreeThread();
        assertThat(threads.<String>run(signal -> Thread.currentThread().getName(), EngineFixture.LONG, () -> {}))
                .startsWith("patchbay-guest-");
        assertThat(runaways).hasValue(0);
    }

    private void awaitFreeThread() {
        while (threads.running() > 0) {
            Thread.onSpinWait();
        }
    }
}
