// SPDX-License-Identifier: Apache-2.0
package io.patchbay.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.patchbay.provider.BackendUnavailableException;
import io.patchbay.provider.BackendUnavailableException.Effect;
import io.patchbay.provider.ProviderException;
import io.patchbay.provider.ProviderHealth;
import io.patchbay.provider.StoreIdentity;
import io.patchbay.provider.state.StateProvider;
import io.patchbay.provider.state.StateQuota;
import io.patchbay.provider.state.StateScope;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;

/**
 * What a store behind a server keeps when the server is killed and started again: see {@link BackendUnavailableException}.
 * A server that is to lose nothing when it is killed is configured so; a provider that declares less than that has no place
 * here.
 *
 * <p>Stands beside {@link StateProviderContract}, for it needs a server of its own to kill.
 */
public abstract class StateServerContract extends ProviderContract<StateProvider> {
    private static final StateScope SCOPE = new StateScope("demo", 0);
    private static final StateQuota AMPLE = new StateQuota(1_000_000, 1L << 30);
    private static final int WRITERS = 3;
    private static final long PACE_MILLIS = 10;

    /** For a provider's own suite. */
    protected StateServerContract() {}

    /**
     * Gives the way to kill the server that {@link #open()} connects to, as a crash does, and to start it again on the same
     * data and address.
     *
     * @return begins with the kill, ends when the server takes connections again; not null
     */
    protected abstract Fault server();

    @Override
    protected final Set<Ability> abilities() {
        return EnumSet.of(Ability.DURABLE);
    }

    @Test
    final void aServerThatIsKilledLosesNoAcknowledgedWriteAndIsUsedAgainWhenItReturns() throws Exception {
        StateProvider state = opened();
        StoreIdentity identity = state.store();
        Load load = new Load(state);
        Crew.work(WRITERS + 1, thread -> {
            if (thread > 0) {
                return load.write();
            }
            try {
                load.awaitAcknowledged(200);
                server().begin();
                load.serverIsAway(true);
                load.awaitRefused(WRITERS);
                assertEquals(ProviderHealth.Status.DOWN, state.health().status(), "trouble is seen in health()");
                int before = load.acknowledged();
                load.serverIsAway(false);
                server().end();
                load.awaitAcknowledged(before + 50);
            } finally {
                load.stop();
            }
            return true;
        });
        assertEquals(identity, state.store());
        load.assertKept();
        assertEquals(ProviderHealth.UP, state.health(), "it recovers by itself");
    }

    @Test
    final void whileTheServerIsAwayEveryCallSaysSoAndThatItHasChangedNothing() throws Exception {
        StateProvider state = opened();
        state.putMany(SCOPE, Map.of("k", "old", "kept", ""), AMPLE);
        Map<String, Callable<?>> calls = new LinkedHashMap<>();
        calls.put("get", () -> state.get(SCOPE, "k"));
        calls.put("getMany", () -> state.getMany(SCOPE, List.of("k")));
        calls.put("putMany", () -> {
            state.putMany(SCOPE, Map.of("k", "new", "more", "new"), AMPLE);
            return true;
        });
        calls.put("removeMany", () -> {
            state.removeMany(SCOPE, List.of("kept"));
            return true;
        });
        calls.put("usage", () -> state.usage(SCOPE));
        calls.put("scopes", () -> state.scopes("demo"));
        calls.put("entries", () -> state.entries(SCOPE, Optional.empty(), 10));
        calls.put("purge", () -> {
            state.purge("demo");
            return true;
        });
        server().begin();
        try {
            for (Map.Entry<String, Callable<?>> call : calls.entrySet()) {
                BackendUnavailableException away = assertThrows(
                        BackendUnavailableException.class,
                        () -> Crew.within(call.getValue()),
                        call.getKey() + " says that the server is away");
                assertEquals(Effect.NONE, away.effect(), call.getKey());
                assertFalse(String.valueOf(away.getMessage()).isBlank(), call.getKey() + " gives a reason");
            }
            assertEquals(ProviderHealth.Status.DOWN, state.health().status(), "trouble is seen in health()");
            assertFalse(state.health().detail().isBlank(), "and said");
        } finally {
            server().end();
        }
        assertEquals(
                Map.of("k", "old", "kept", ""),
                patiently(() -> state.getMany(SCOPE, List.of("k", "kept", "more"))),
                "what said that it changed nothing has changed nothing");
        assertEquals(ProviderHealth.UP, state.health(), "it recovers by itself");
    }

    @Test
    final void noCallIsInDoubtBecauseTheServerWasRestartedBeforeIt() throws Exception {
        StateProvider state = opened();
        Crew.work(WRITERS, thread -> {
            state.putMany(SCOPE, Map.of("k" + thread, "1"), AMPLE);
            return true;
        });
        server().begin();
        server().end();
        for (int thread = 0; thread < WRITERS; thread++) {
            String key = "k" + thread;
            patiently(() -> {
                state.putMany(SCOPE, Map.of(key, "2"), AMPLE);
                return true;
            });
            assertEquals(Optional.of("2"), state.get(SCOPE, key));
        }
    }

    @Test
    final void aProviderThatStartsBeforeItsServerIsReadyWhenTheServerIs() throws Exception {
        server().begin();
        StateProvider state;
        try {
            state = open();
        } catch (Exception e) {
            server().end();
            throw e;
        }
        try {
            awaitTrouble(state);
            assertFalse(state.ready().toCompletableFuture().isDone(), "it is not ready, and may become so");
            assertThrows(ProviderException.class, () -> state.usage(SCOPE));
            server().end();
            state.ready().toCompletableFuture().get(Crew.PATIENCE_SECONDS, TimeUnit.SECONDS);
            state.putMany(SCOPE, Map.of("k", "v"), AMPLE);
            assertEquals(Optional.of("v"), state.get(SCOPE, "k"));
        } finally {
            close(state);
        }
    }

    private static void awaitTrouble(StateProvider state) throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(Crew.PATIENCE_SECONDS);
        while (state.health().status() != ProviderHealth.Status.DOWN
                || state.health().detail().isBlank()) {
            assertTrue(System.nanoTime() - until < 0, "health() says that the server is away");
            assertFalse(never.await(PACE_MILLIS, TimeUnit.MILLISECONDS));
        }
    }

    /** Makes a call as the patch bay does: again, as long as it has changed nothing. */
    private static <R> R patiently(Callable<R> call) throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(Crew.PATIENCE_SECONDS);
        while (true) {
            try {
                return Crew.within(call);
            } catch (BackendUnavailableException away) {
                if (away.effect() != Effect.NONE || System.nanoTime() - until > 0) {
                    throw away;
                }
                assertFalse(never.await(PACE_MILLIS, TimeUnit.MILLISECONDS));
            }
        }
    }

    /** Writers of pairs, each pair one batch, and what they were told. */
    private static final class Load {
        private final StateProvider state;
        private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
        private final AtomicInteger names = new AtomicInteger();
        private final AtomicInteger refused = new AtomicInteger();
        private final CountDownLatch stopped = new CountDownLatch(1);
        private volatile boolean away;

        Load(StateProvider state) {
            this.state = state;
        }

        boolean write() throws Exception {
            String key = nextKey();
            try {
                while (stopped.getCount() > 0) {
                    key = write(key) ? nextKey() : key;
                }
            } finally {
                stop();
            }
            return true;
        }

        private String nextKey() {
            return "k" + names.incrementAndGet();
        }

        /** Whether that key is done with. */
        private boolean write(String key) throws Exception {
            boolean began = away;
            try {
                state.putMany(SCOPE, Map.of(key, key, key + "-twin", key), AMPLE);
                assertFalse(began && away, "a server that is away acknowledges nothing");
                acknowledged.add(key);
                return true;
            } catch (BackendUnavailableException unavailable) {
                if (unavailable.effect() == Effect.UNKNOWN) {
                    assertFalse(began, "a call is in doubt only when it had reached the server");
                    return true;
                }
                refused.addAndGet(began ? 1 : 0);
                // The patch bay makes it again after a moment, unless it is stopped.
                return stopped.await(PACE_MILLIS, TimeUnit.MILLISECONDS);
            }
        }

        void serverIsAway(boolean now) {
            away = now;
        }

        int acknowledged() {
            return acknowledged.size();
        }

        void awaitAcknowledged(int count) throws Exception {
            await(count, acknowledged::size, "writes are acknowledged");
        }

        void awaitRefused(int count) throws Exception {
            await(count, refused::get, "calls say that the server is away");
        }

        private void await(int count, IntSupplier counter, String what) throws Exception {
            long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(Crew.PATIENCE_SECONDS);
            while (counter.getAsInt() < count) {
                if (stopped.await(PACE_MILLIS, TimeUnit.MILLISECONDS)) {
                    fail("a writer stopped before " + count + " " + what);
                }
                assertTrue(System.nanoTime() - until < 0, () -> "too few " + what + ": " + counter.getAsInt());
            }
        }

        void stop() {
            stopped.countDown();
        }

        void assertKept() throws Exception {
            long keys = 0;
            for (int i = 1; i <= names.get(); i++) {
                String key = "k" + i;
                Map<String, String> pair = patiently(() -> state.getMany(SCOPE, List.of(key, key + "-twin")));
                assertFalse(pair.size() == 1, () -> "half a batch: " + pair);
                assertTrue(pair.size() == 2 || !acknowledged.contains(key), () -> "acknowledged and lost: " + key);
                keys += pair.size();
            }
            assertEquals(keys, state.usage(SCOPE).keys());
        }
    }
}
