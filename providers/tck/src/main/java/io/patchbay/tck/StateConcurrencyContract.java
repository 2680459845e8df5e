// SPDX-License-Identifier: Apache-2.0
package io.patchbay.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.patchbay.provider.state.QuotaExceededException;
import io.patchbay.provider.state.StateEntry;
import io.patchbay.provider.state.StateProvider;
import io.patchbay.provider.state.StateQuota;
import io.patchbay.provider.state.StateScope;
import io.patchbay.provider.state.StateUsage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.junit.jupiter.api.Test;

/** The rules of state that only several callers at once can see. */
abstract class StateConcurrencyContract extends StateContentContract {
    private static final int THREADS = 4;
    private static final int ROUNDS = 100;

    @Test
    final void aReaderNeverSeesHalfOfABatch() throws Exception {
        halfIsNeverSeen(opened(), opened -> opened);
    }

    /** Chooses the provider through which a thread reads. */
    interface Reader {
        StateProvider of(StateProvider writer);
    }

    static void halfIsNeverSeen(StateProvider writer, Reader reader) throws Exception {
        List<String> keys = List.of("x", "m", "y");
        writer.putMany(SCOPE, values(keys, 0), AMPLE);
        AtomicInteger writing = new AtomicInteger(1);
        Crew.work(THREADS, thread -> {
            if (thread == 0) {
                try {
                    for (int i = 1; i <= 200; i++) {
                        writer.putMany(SCOPE, values(keys, i), AMPLE);
                    }
                } finally {
                    writing.set(0);
                }
                return true;
            }
            StateProvider state = reader.of(writer);
            do {
                Set<String> many = new HashSet<>(state.getMany(SCOPE, keys).values());
                assertEquals(1, many.size(), () -> "values of one batch: " + many);
                Set<String> listed = new HashSet<>();
                state.entries(SCOPE, Optional.empty(), 10).stream()
                        .map(StateEntry::value)
                        .forEach(listed::add);
                assertEquals(1, listed.size(), () -> "listed values of one batch: " + listed);
            } while (writing.get() > 0);
            return true;
        });
    }

    private static Map<String, String> values(List<String> keys, int number) {
        Map<String, String> batch = new HashMap<>();
        keys.forEach(key -> batch.put(key, "value " + number));
        return batch;
    }

    @Test
    final void aReaderNeverSeesHalfOfARemoval() throws Exception {
        StateProvider state = opened();
        List<String> keys = List.of("x", "m", "y");
        AtomicInteger writing = new AtomicInteger(1);
        Crew.work(2, thread -> {
            if (thread == 0) {
                try {
                    for (int i = 1; i <= 100; i++) {
                        state.putMany(SCOPE, values(keys, i), AMPLE);
                        state.removeMany(SCOPE, keys);
                    }
                } finally {
                    writing.set(0);
                }
                return true;
            }
            do {
                int seen = state.getMany(SCOPE, keys).size();
                assertTrue(seen == 0 || seen == keys.size(), () -> "all or none of " + keys + ", not " + seen);
            } while (writing.get() > 0);
            return true;
        });
    }

    @Test
    final void aListingDuringWritesShowsWhatStaysExactlyOnceAndInOrder() throws Exception {
        StateProvider state = opened();
        Map<String, String> stays = new HashMap<>();
        for (int i = 0; i < 20; i++) {
            stays.put("k" + (char) ('a' + i) + "-stays", "v");
        }
        state.putMany(SCOPE, stays, AMPLE);
        List<String> expected = stays.keySet().stream().sorted().toList();
        AtomicInteger rounds = new AtomicInteger();
        AtomicBoolean listing = new AtomicBoolean(true);
        Crew.work(2, thread -> {
            if (thread == 0) {
                try {
                    for (int i = 0; listing.get(); i++) {
                        comeAndGo(state, i);
                        rounds.incrementAndGet();
                    }
                } finally {
                    rounds.set(ROUNDS);
                }
                return true;
            }
            try {
                for (int i = 0; i < 30 || rounds.get() < ROUNDS; i++) {
                    List<String> listed = listed(state);
                    assertEquals(listed.stream().distinct().sorted().toList(), listed, "once, and in order");
                    assertEquals(
                            expected, listed.stream().filter(stays::containsKey).toList(), "what stays is listed");
                }
            } finally {
                listing.set(false);
            }
            return true;
        });
    }

    /** Two keys between those that stay, for a moment. */
    private static void comeAndGo(StateProvider state, int number) throws QuotaExceededException {
        List<String> keys = List.of("k" + (char) ('a' + number % 20) + "-comes", "k" + (char) ('a' + number % 7));
        state.putMany(SCOPE, Map.of(keys.get(0), "v", keys.get(1), "v"), AMPLE);
        state.removeMany(SCOPE, keys);
    }

    private static List<String> listed(StateProvider state) {
        List<String> keys = new ArrayList<>();
        List<StateEntry> page = state.entries(SCOPE, Optional.empty(), 3);
        while (!page.isEmpty() && keys.size() < 1_000) {
            page.forEach(entry -> keys.add(entry.key()));
            page = state.entries(SCOPE, Optional.of(page.get(page.size() - 1).key()), 3);
        }
        return keys;
    }

    @Test
    final void anAcknowledgedWriteIsSeenByReadsThatStartAfterIt() throws Exception {
        StateProvider state = opened();
        AtomicReferenceArray<Integer> acknowledged = new AtomicReferenceArray<>(THREADS);
        Crew.work(THREADS, thread -> {
            for (int i = 1; i <= 150; i++) {
                String value = Integer.toString(i);
                state.putMany(SCOPE, Map.of("counter-" + thread, value), AMPLE);
                acknowledged.set(thread, i);
                assertEquals(Optional.of(value), state.get(SCOPE, "counter-" + thread));
                int other = (thread + 1) % THREADS;
                Integer atLeast = acknowledged.get(other);
                if (atLeast != null) {
                    int seen = state.get(SCOPE, "counter-" + other)
                            .map(Integer::parseInt)
                            .orElse(0);
                    assertTrue(seen >= atLeast, () -> "read " + seen + " after " + atLeast + " was acknowledged");
                }
            }
            return true;
        });
    }

    @Test
    final void writersOfOneScopeLoseNothing() throws Exception {
        StateProvider state = opened();
        nothingIsLost(thread -> state, SCOPE, 1);
        assertEquals(THREADS * 60L + 1, state.usage(SCOPE).keys());
    }

    /** Says through which provider a thread writes. */
    interface Writers {
        StateProvider of(int thread);
    }

    static void nothingIsLost(Writers writers, StateScope scope, int sharedKeys) throws Exception {
        Crew.work(THREADS, thread -> {
            StateProvider state = writers.of(thread);
            for (int i = 0; i < 60; i++) {
                String value = thread + "." + i;
                state.putMany(scope, Map.of("own-" + value, value, "shared-" + i % sharedKeys, value), AMPLE);
            }
            return true;
        });
        Map<String, String> expected = new HashMap<>();
        for (int thread = 0; thread < THREADS; thread++) {
            for (int i = 0; i < 60; i++) {
                expected.put("own-" + thread + "." + i, thread + "." + i);
            }
        }
        for (int i = 0; i < sharedKeys; i++) {
            String key = "shared-" + i;
            String last = writers.of(0).get(scope, key).orElse("nothing");
            assertTrue(expected.containsValue(last), () -> "one of the written values, not " + last);
            expected.put(key, last);
        }
        assertHolds(writers.of(0), scope, expected);
    }

    @Test
    final void theQuotaHoldsUnderWritersThatRaceForTheRest() throws Exception {
        StateProvider state = opened();
        theQuotaHolds(thread -> state);
    }

    static void theQuotaHolds(Writers writers) throws Exception {
        StateQuota quota = new StateQuota(101, 1_500);
        List<Integer> written = Crew.work(THREADS, thread -> {
            StateProvider state = writers.of(thread);
            int count = 0;
            for (int i = 0; i < 50; i++) {
                Map<String, String> pair = Map.of("a" + thread + "-" + i, "v", "b" + thread + "-" + i, "v");
                try {
                    state.putMany(SCOPE, pair, quota);
                    count++;
                } catch (QuotaExceededException full) {
                    assertEquals(Map.of(), state.getMany(SCOPE, pair.keySet()), "a refused batch wrote nothing");
                }
            }
            return count;
        });
        StateProvider state = writers.of(0);
        StateUsage usage = state.usage(SCOPE);
        int pairs = written.stream().mapToInt(Integer::intValue).sum();
        assertEquals(50, pairs, "batches that fit 101 keys");
        assertEquals(100, usage.keys());
        Map<String, String> held = new HashMap<>();
        state.entries(SCOPE, Optional.empty(), 1_000).forEach(entry -> held.put(entry.key(), entry.value()));
        assertEquals(usageOf(held), usage, "usage counts what is there");
    }

    @Test
    final void usageStaysExactUnderOverwritesAndRemovals() throws Exception {
        StateProvider state = opened();
        Crew.work(THREADS, thread -> {
            for (int i = 0; i < 60; i++) {
                String key = "k" + i % 5;
                if ((i + thread) % 3 == 0) {
                    state.removeMany(SCOPE, List.of(key, "missing"));
                } else {
                    state.putMany(SCOPE, Map.of(key, "\u00e9".repeat((i * 7 + thread) % 40)), AMPLE);
                }
            }
            return true;
        });
        Map<String, String> held = new HashMap<>();
        state.entries(SCOPE, Optional.empty(), 1_000).forEach(entry -> held.put(entry.key(), entry.value()));
        assertEquals(usageOf(held), state.usage(SCOPE));
    }

    @Test
    final void aPurgeDuringWritesLeavesUsageExact() throws Exception {
        StateProvider state = opened();
        Crew.work(THREADS, thread -> {
            for (int i = 0; i < 30; i++) {
                if (thread == 0) {
                    state.purge("demo");
                } else {
                    state.putMany(SCOPE, Map.of("k" + i, "v", "l" + thread, "w"), AMPLE);
                }
            }
            return true;
        });
        Map<String, String> held = new HashMap<>();
        state.entries(SCOPE, Optional.empty(), 1_000).forEach(entry -> held.put(entry.key(), entry.value()));
        assertHolds(state, SCOPE, held);
        state.purge("demo");
        assertHolds(state, SCOPE, Map.of());
    }
}
