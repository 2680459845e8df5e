// SPDX-License-Identifier: Apache-2.0
package io.patchbay.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.provider.BackendUnavailableException.Effect;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class BackendConnectorTest {
    private static final class Backend implements AutoCloseable {
        private final AtomicInteger closes = new AtomicInteger();
        private final CountDownLatch closed = new CountDownLatch(1);

        @Override
        public void close() {
            closes.incrementAndGet();
            closed.countDown();
        }
    }

    private final Backend backend = new Backend();

    private static void ready(BackendConnector<?> connector) throws Exception {
        connector.ready().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    @Test
    void itTriesAgainAsLongAsTheBackendIsAway() throws Exception {
        AtomicInteger attempts = new AtomicInteger();
        try (BackendConnector<Backend> connector = new BackendConnector<>("test", () -> {
            if (attempts.incrementAndGet() < 3) {
                throw new BackendUnavailableException("the server is away", Effect.NONE);
            }
            return backend;
        })) {
            ready(connector);
            assertThat(attempts).hasValue(3);
            assertThat(connector.backend()).isSameAs(backend);
            assertThat(connector.health(known -> ProviderHealth.UP)).isEqualTo(ProviderHealth.UP);
        }
        assertThat(backend.closes).hasValue(1);
    }

    @Test
    void untilThenItIsDownWithTheReasonAndGivesNothing() throws Exception {
        CountDownLatch tried = new CountDownLatch(2);
        try (BackendConnector<Backend> connector = new BackendConnector<>("test", () -> {
            tried.countDown();
            throw new BackendUnavailableException("the server is away", Effect.NONE);
        })) {
            assertThat(tried.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(connector.ready().toCompletableFuture()).isNotDone();
            assertThat(connector.health(known -> ProviderHealth.UP))
                    .isEqualTo(new ProviderHealth(ProviderHealth.Status.DOWN, "the server is away"));
            assertThatThrownBy(connector::backend)
                    .isInstanceOf(ProviderException.class)
                    .hasMessage("the server is away");
        }
    }

    @Test
    void whatCannotSucceedIsTriedOnce() {
        AtomicInteger attempts = new AtomicInteger();
        try (BackendConnector<Backend> connector = new BackendConnector<>("test", () -> {
            attempts.incrementAndGet();
            throw new ProviderException("the setting host is missing");
        })) {
            assertThatThrownBy(() -> ready(connector))
                    .isInstanceOf(ExecutionException.class)
                    .hasRootCauseInstanceOf(ProviderException.class)
                    .hasRootCauseMessage("the setting host is missing");
            assertThat(attempts).hasValue(1);
            assertThat(connector.health(known -> ProviderHealth.UP).detail()).isEqualTo("the setting host is missing");
        }
    }

    @Test
    void aClientThatFailsInItsOwnWayIsSaidToo() {
        try (BackendConnector<Backend> connector = new BackendConnector<>("test", () -> {
            throw new NoClassDefFoundError("driver/Missing");
        })) {
            assertThatThrownBy(() -> ready(connector)).hasStackTraceContaining("driver/Missing");
        }
    }

    @Test
    void closingEndsTheAttempts() {
        BackendConnector<Backend> connector = new BackendConnector<>("test", () -> {
            throw new BackendUnavailableException("the server is away", Effect.NONE);
        });
        connector.close();
        connector.close();
        assertThatThrownBy(() -> ready(connector)).hasStackTraceContaining("closed before it was connected");
    }

    @Test
    void aConnectionThatIsMadeAfterTheEndIsClosed() throws Exception {
        CountDownLatch connecting = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        BackendConnector<Backend> connector = new BackendConnector<>("test", () -> {
            connecting.countDown();
            awaitUninterrupted(goOn);
            return backend;
        });
        assertThat(connecting.await(20, TimeUnit.SECONDS)).isTrue();
        connector.close();
        assertThat(backend.closes).hasValue(0);
        goOn.countDown();
        assertThat(backend.closed.await(20, TimeUnit.SECONDS)).isTrue();
        connector.close();
        assertThat(backend.closes).hasValue(1);
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
