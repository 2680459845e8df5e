// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.hostservice.Execution;
import io.patchbay.hostservice.HostCall;
import io.patchbay.hostservice.ProviderUnavailableException;
import io.patchbay.hostservice.codec.FieldReader;
import io.patchbay.hostservice.codec.FieldWriter;
import io.patchbay.provider.Access;
import io.patchbay.provider.BackendUnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Calls that wait in a slot while the host service that makes them leaves. */
@Timeout(60)
class RecallTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    /** A host call whose host service leaves when the test says so. */
    private static final class Call implements HostCall, Execution {
        volatile boolean recalled;

        @Override
        public Execution execution() {
            return this;
        }

        @Override
        public String resourceRef() {
            return "";
        }

        @Override
        public FieldReader payload() {
            return new FieldReader(new byte[0]);
        }

        @Override
        public FieldWriter response() {
            return new FieldWriter();
        }

        @Override
        public boolean isRecalled() {
            return recalled;
        }

        @Override
        public String pluginId() {
            return "p";
        }

        @Override
        public int tenantId() {
            return 0;
        }

        @Override
        public String executionId() {
            return "execution-1";
        }

        @Override
        public long deadlineNanos() {
            return Bench.soon();
        }
    }

    private final Call call = new Call();

    private Future<String> begin(Bench bench, Access access) {
        Callable<String> answer = () -> bench.plugin("p").call(access, call, Probe::answer);
        return bench.drainers.submit(answer);
    }

    private static void isRecalled(ThrowingCallable answer) {
        assertThatThrownBy(answer)
                .cause()
                .isInstanceOfSatisfying(
                        ProviderUnavailableException.class,
                        e -> assertThat(e.toHostCallException().isRecalled()).isTrue());
    }

    private static void awaitWaits(Bench bench, long count) {
        while (bench.slot.counters().waits.sum() < count) {
            Thread.onSpinWait();
        }
    }

    @Test
    void aCallThatWaitsForAProviderGoesBackToBeMadeAgain() {
        try (Bench bench = Bench.free(LONG)) {
            Future<String> waiting = begin(bench, Access.READ);
            awaitWaits(bench, 1);

            call.recalled = true;

            isRecalled(() -> waiting.get(10, TimeUnit.SECONDS));
        }
    }

    @Test
    void aCallThatIsRecalledIsServedAllTheSameWhereAProviderIsThere() throws Exception {
        try (Bench bench = Bench.free(LONG)) {
            bench.add("a", new Probe("one"));
            call.recalled = true;

            assertThat(begin(bench, Access.READ).get(10, TimeUnit.SECONDS)).isEqualTo("one");
        }
    }

    @Test
    void aCallThatWaitsForAServerGoesBackToBeMadeAgain() throws Exception {
        try (Bench bench = Bench.free(LONG)) {
            CountDownLatch tried = new CountDownLatch(2);
            bench.add("a", new Probe("one") {
                @Override
                String answer() {
                    tried.countDown();
                    throw new BackendUnavailableException(
                            "the server is away", BackendUnavailableException.Effect.NONE);
                }
            });
            List<Future<String>> waiting = List.of(begin(bench, Access.READ), begin(bench, Access.WRITE));
            tried.await();

            call.recalled = true;

            for (Future<String> each : waiting) {
                isRecalled(() -> each.get(10, TimeUnit.SECONDS));
            }
        }
    }

    @Test
    void aCallThatFindsTheSlotClosedGoesBackOnlyIfItIsRecalled() {
        try (Bench bench = Bench.free(LONG)) {
            bench.slot.close();
            assertThatThrownBy(() -> begin(bench, Access.READ).get(10, TimeUnit.SECONDS))
                    .cause()
                    .isInstanceOfSatisfying(
                            ProviderUnavailableException.class,
                            e -> assertThat(e.toHostCallException().isRecalled())
                                    .isFalse());

            call.recalled = true;

            isRecalled(() -> begin(bench, Access.READ).get(10, TimeUnit.SECONDS));
        }
    }
}
