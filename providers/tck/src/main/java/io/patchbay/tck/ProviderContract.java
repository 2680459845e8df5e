// SPDX-License-Identifier: Apache-2.0
package io.patchbay.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.patchbay.provider.Provider;
import io.patchbay.provider.ProviderHealth;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What every provider keeps, whatever its kind ({@link Provider}); the suites of the kinds extend this one.
 *
 * <p>JUnit makes one instance of the suite per test; its store begins empty. Every provider that a test opened is closed
 * after it.
 *
 * @param <P> the SPI
 */
public abstract class ProviderContract<P extends Provider> {
    private final Deque<P> open = new ArrayDeque<>();

    /** For the suites of the kinds. */
    ProviderContract() {}

    /**
     * Declares what the provider can do beyond its kind.
     *
     * @return not null
     */
    protected abstract Set<Ability> abilities();

    /**
     * Activates a provider on this test's own store. Called again after {@link #close}, it opens the same store; called
     * while one is open, it opens a second one on the same store.
     *
     * @return a new provider, need not be ready, never null
     * @throws Exception ends the test
     */
    protected abstract P open() throws Exception;

    /**
     * Deactivates a provider as the component runtime would.
     *
     * @param provider what {@link #open()} gave, not null
     * @throws Exception ends the test
     */
    protected abstract void close(P provider) throws Exception;

    /**
     * Gives wrong configurations, each under the word that the operator is told: the name of the setting, a file.
     *
     * @return empty for a provider without settings, never null
     */
    protected Map<String, Opener> misconfigured() {
        return Map.of();
    }

    /**
     * The secrets in the configurations of {@link #misconfigured()}, which nobody must be told.
     *
     * @return empty for a provider that takes no secret, never null
     */
    protected Set<String> secrets() {
        return Set.of();
    }

    /**
     * Gives a way to make writes impossible for a while.
     *
     * @return empty when nothing behind the provider can fail, never null
     */
    protected Optional<Fault> fault() {
        return Optional.empty();
    }

    /** Opens a provider and waits until it is ready. */
    final P opened() throws Exception {
        P provider = open();
        open.push(provider);
        provider.ready().toCompletableFuture().get(Crew.PATIENCE_SECONDS, TimeUnit.SECONDS);
        return provider;
    }

    final void closed(P provider) throws Exception {
        open.remove(provider);
        close(provider);
    }

    final boolean can(Ability ability) {
        return abilities().contains(ability);
    }

    /**
     * Closes what a test left open.
     *
     * @throws Exception when a provider cannot be closed
     */
    @AfterEach
    final void closeAll() throws Exception {
        while (!open.isEmpty()) {
            close(open.pop());
        }
    }

    @Test
    final void whatIsReadyStaysReady() throws Exception {
        P provider = opened();
        for (int i = 0; i < 3; i++) {
            CompletableFuture<Void> again = provider.ready().toCompletableFuture();
            assertTrue(again.isDone(), "ready() does not begin anew");
            assertFalse(again.isCompletedExceptionally(), "ready() keeps its outcome");
        }
    }

    @Test
    final void aReadyProviderIsUp() throws Exception {
        ProviderHealth health = opened().health();
        assertNotNull(health, "health() is never null");
        assertEquals(ProviderHealth.Status.UP, health.status(), health::detail);
    }

    @Test
    final void aWrongSettingIsSaidByReadyAndNotByActivation() throws Exception {
        for (Map.Entry<String, Opener> wrong : misconfigured().entrySet()) {
            Provider provider = wrong.getValue().open();
            CompletableFuture<Void> ready = provider.ready().toCompletableFuture();
            ExecutionException refused = assertThrows(
                    ExecutionException.class,
                    () -> ready.get(Crew.PATIENCE_SECONDS, TimeUnit.SECONDS),
                    "ready() completes exceptionally: " + wrong.getKey());
            String text = String.valueOf(refused.getMessage());
            assertTrue(
                    text.contains(wrong.getKey()), () -> "the operator is told '" + wrong.getKey() + "' in: " + text);
            ProviderHealth health = provider.health();
            assertEquals(ProviderHealth.Status.DOWN, health.status(), "it cannot serve: " + wrong.getKey());
            assertFalse(health.detail().isBlank(), "and says so: " + wrong.getKey());
            for (String secret : secrets()) {
                assertFalse((text + health.detail()).contains(secret), "no secret is told: " + wrong.getKey());
            }
            closeWrong(provider);
        }
    }

    /** What an opener of this suite gives is of its kind, and can be closed although it never served. */
    @SuppressWarnings("unchecked")
    private void closeWrong(Provider provider) throws Exception {
        close((P) provider);
    }

    /** Gives each of the suite's openings to a check; used where several providers of one test are compared. */
    final void withTwo(Consumer<P> first, Consumer<P> second) throws Exception {
        P one = opened();
        first.accept(one);
        closed(one);
        second.accept(opened());
    }
}
