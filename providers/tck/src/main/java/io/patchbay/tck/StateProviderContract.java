// SPDX-License-Identifier: Apache-2.0
package io.patchbay.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.patchbay.provider.Durability;
import io.patchbay.provider.ProviderException;
import io.patchbay.provider.ProviderHealth;
import io.patchbay.provider.StoreIdentity;
import io.patchbay.provider.state.StateEntry;
import io.patchbay.provider.state.StateProvider;
import io.patchbay.provider.state.StateScope;
import io.patchbay.provider.state.StateUsage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/**
 * What a store keeps: see {@link StateProvider}. Abilities: {@link Ability#DURABLE}, {@link Ability#SHARED}.
 *
 * <p>The tests of one caller and of several callers are inherited; here are those of the store's own life.
 */
public abstract class StateProviderContract extends StateConcurrencyContract {
    /** For a provider's own suite. */
    protected StateProviderContract() {}

    /**
     * Activates a provider on another store than {@link #open()}, empty at first, never the same twice in a test.
     *
     * @return closed with {@link #close}, never null
     * @throws Exception ends the test
     */
    protected abstract StateProvider openOther() throws Exception;

    @Test
    final void theStoreIsTheSameForTheLifeOfTheComponent() throws Exception {
        StateProvider state = opened();
        StoreIdentity before = state.store();
        state.putMany(SCOPE, Map.of("k", "v"), AMPLE);
        state.purge("demo");
        assertEquals(before, state.store());
    }

    @Test
    final void itSaysDurableIfAndOnlyIfItIs() throws Exception {
        assertEquals(can(Ability.DURABLE), opened().store().durability() != Durability.NONE);
    }

    @Test
    final void anotherStoreHasAnotherIdAndOtherContent() throws Exception {
        StateProvider state = opened();
        state.putMany(SCOPE, Map.of("k", "mine"), AMPLE);
        StateProvider other = openOther();
        try {
            other.ready().toCompletableFuture().get(Crew.PATIENCE_SECONDS, TimeUnit.SECONDS);
            assertNotEquals(state.store().id(), other.store().id());
            assertEquals(Optional.empty(), other.get(SCOPE, "k"));
            other.putMany(SCOPE, Map.of("k", "theirs"), AMPLE);
            assertEquals(Optional.of("mine"), state.get(SCOPE, "k"));
        } finally {
            close(other);
        }
    }

    @Test
    final void aRestartKeepsWhatWasAcknowledgedIfAndOnlyIfItIsDurable() throws Exception {
        StateProvider first = opened();
        StoreIdentity identity = first.store();
        Map<String, String> entries = KeyTricks.entries("r");
        put(first, SCOPE, entries);
        StateScope tenant = new StateScope("demo", 7);
        first.putMany(tenant, Map.of("empty", "", "big", "z".repeat(100_000)), AMPLE);
        first.putMany(tenant, Map.of("gone", "x"), AMPLE);
        first.removeMany(tenant, List.of("gone"));
        closed(first);
        StateProvider second = opened();
        if (!can(Ability.DURABLE)) {
            assertNotEquals(identity.id(), second.store().id(), "an empty store is another store");
            assertEquals(List.of(), second.scopes("demo"));
            assertEquals(StateUsage.EMPTY, second.usage(SCOPE));
            return;
        }
        assertEquals(identity, second.store(), "the id is kept inside the store");
        assertHolds(second, SCOPE, entries);
        assertHolds(second, tenant, Map.of("empty", "", "big", "z".repeat(100_000)));
        assertEquals(List.of(SCOPE, tenant), second.scopes("demo"));
        second.purge("demo");
        closed(second);
        assertEquals(List.of(), opened().scopes("demo"), "a purge is durable too");
    }

    @Test
    final void aClosedProviderRefusesEveryCallWithAReason() throws Exception {
        StateProvider state = opened();
        state.putMany(SCOPE, Map.of("k", "v"), AMPLE);
        closed(state);
        Map<String, Executable> calls = new HashMap<>();
        calls.put("get", () -> state.get(SCOPE, "k"));
        calls.put("getMany", () -> state.getMany(SCOPE, List.of("k")));
        calls.put("putMany", () -> state.putMany(SCOPE, Map.of("k", "v"), AMPLE));
        calls.put("removeMany", () -> state.removeMany(SCOPE, List.of("k")));
        calls.put("usage", () -> state.usage(SCOPE));
        calls.put("scopes", () -> state.scopes("demo"));
        calls.put("entries", () -> state.entries(SCOPE, Optional.empty(), 10));
        calls.put("purge", () -> state.purge("demo"));
        for (Map.Entry<String, Executable> call : calls.entrySet()) {
            ProviderException refused = assertThrows(ProviderException.class, call.getValue(), call.getKey());
            assertFalse(String.valueOf(refused.getMessage()).isBlank(), call.getKey() + " gives a reason");
        }
    }

    /** The patch bay waits for calls before it lets a provider go, but not for ever. */
    @Test
    final void closingDuringWritesLosesNothingAcknowledgedAndLeavesNothingHalf() throws Exception {
        StateProvider first = opened();
        Queue<String> acknowledged = new ConcurrentLinkedQueue<>();
        CountDownLatch warm = new CountDownLatch(20);
        Crew.work(4, thread -> {
            if (thread == 0) {
                warm.await(Crew.PATIENCE_SECONDS, TimeUnit.SECONDS);
                closed(first);
                return true;
            }
            try {
                for (int i = 0; i < 1_500; i++) {
                    String key = thread + "-" + i;
                    first.putMany(SCOPE, Map.of(key, "v", key + "'", "v"), AMPLE);
                    acknowledged.add(key);
                    warm.countDown();
                }
            } catch (ProviderException closing) {
                warm.countDown();
            }
            return true;
        });
        StateProvider second = opened();
        for (String key : can(Ability.DURABLE) ? acknowledged : List.<String>of()) {
            assertEquals(Optional.of("v"), second.get(SCOPE, key), () -> "acknowledged before the end: " + key);
        }
        List<String> left = new ArrayList<>();
        Optional<String> after = Optional.empty();
        List<StateEntry> page;
        do {
            page = second.entries(SCOPE, after, 1_000);
            page.forEach(entry -> left.add(entry.key()));
            after = Optional.of(left.isEmpty() ? "" : left.get(left.size() - 1)).filter(key -> !key.isEmpty());
        } while (page.size() == 1_000);
        Set<String> whole = Set.copyOf(left);
        left.stream()
                .filter(key -> !key.endsWith("'"))
                .forEach(key -> assertTrue(whole.contains(key + "'"), () -> "half of a batch: " + key));
        assertEquals(0, left.size() % 2, "batches of two");
    }

    @Test
    final void severalProvidersWorkOnOneStoreIfAndOnlyIfItIsShared() throws Exception {
        StateProvider one = opened();
        one.putMany(SCOPE, Map.of("shared-0", "0.0"), AMPLE);
        if (!can(Ability.SHARED)) {
            assertNotShared(one);
            return;
        }
        StateProvider two = opened();
        assertEquals(one.store(), two.store());
        assertEquals(Optional.of("0.0"), two.get(SCOPE, "shared-0"));
        nothingIsLost(thread -> thread % 2 == 0 ? one : two, SCOPE, 3);
        one.purge("demo");
        theQuotaHolds(thread -> thread % 2 == 0 ? one : two);
        two.purge("demo");
        halfIsNeverSeen(one, writer -> two);
    }

    /** The second one is refused, or it is a store of its own: never a second hand in the first one's store. */
    private void assertNotShared(StateProvider one) throws Exception {
        StateProvider two;
        try {
            two = opened();
        } catch (ProviderException | ExecutionException refused) {
            return;
        }
        assertNotEquals(one.store().id(), two.store().id(), "two open providers share a store undeclared");
        assertEquals(Optional.empty(), two.get(SCOPE, "shared-0"));
    }

    @Test
    final void aFaultLosesNothingAcknowledgedAndLeavesNothingHalf() throws Exception {
        Optional<Fault> fault = fault();
        if (fault.isEmpty()) {
            return;
        }
        StateProvider state = opened();
        Map<String, String> before = Map.of("a", "1", "b", "2");
        state.putMany(SCOPE, before, AMPLE);
        fault.get().begin();
        try {
            for (int i = 0; i < 3; i++) {
                assertThrows(
                        ProviderException.class,
                        () -> within(() -> state.putMany(SCOPE, Map.of("a", "half", "c", "half"), AMPLE)));
                assertThrows(ProviderException.class, () -> within(() -> state.removeMany(SCOPE, List.of("a", "b"))));
            }
            assertNotEquals(ProviderHealth.Status.UP, state.health().status(), "trouble is seen in health()");
            assertFalse(state.health().detail().isBlank(), "and said");
        } finally {
            fault.get().end();
        }
        assertHolds(state, SCOPE, before);
        state.putMany(SCOPE, Map.of("c", "3"), AMPLE);
        assertHolds(state, SCOPE, Map.of("a", "1", "b", "2", "c", "3"));
        assertTrue(state.health().status() == ProviderHealth.Status.UP, "it recovers by itself");
    }

    private static void within(Executable call) throws Exception {
        Crew.within(() -> {
            try {
                call.execute();
                return true;
            } catch (Exception | Error e) {
                throw e;
            } catch (Throwable e) {
                throw new AssertionError(e);
            }
        });
    }
}
