// SPDX-License-Identifier: Apache-2.0
package io.patchbay.tck;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.patchbay.provider.state.QuotaExceededException;
import io.patchbay.provider.state.StateEntry;
import io.patchbay.provider.state.StateProvider;
import io.patchbay.provider.state.StateQuota;
import io.patchbay.provider.state.StateScope;
import io.patchbay.provider.state.StateUsage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The rules of state that one caller can see: content, isolation, sizes, listing, counting. */
abstract class StateContentContract extends ProviderContract<StateProvider> {
    static final StateScope SCOPE = new StateScope("demo", 0);
    static final StateQuota AMPLE = new StateQuota(10_000, 16L * 1024 * 1024);

    private static final int MEBIBYTE = 1024 * 1024;
    private static final Comparator<String> BYTE_ORDER =
            (left, right) -> Arrays.compareUnsigned(left.getBytes(UTF_8), right.getBytes(UTF_8));

    /** A host writes at most 100 keys at once, and so do the tests. */
    static void put(StateProvider state, StateScope scope, Map<String, String> entries) throws QuotaExceededException {
        Map<String, String> batch = new HashMap<>();
        for (Map.Entry<String, String> entry : entries.entrySet()) {
            batch.put(entry.getKey(), entry.getValue());
            if (batch.size() == 100) {
                state.putMany(scope, batch, AMPLE);
                batch = new HashMap<>();
            }
        }
        state.putMany(scope, batch, AMPLE);
    }

    static StateUsage usageOf(Map<String, String> entries) {
        long bytes = 0;
        for (Map.Entry<String, String> entry : entries.entrySet()) {
            bytes += entry.getKey().getBytes(UTF_8).length + entry.getValue().getBytes(UTF_8).length;
        }
        return new StateUsage(entries.size(), bytes);
    }

    /** Reads a scope by its pages and compares everything that can be asked of it. */
    static void assertHolds(StateProvider state, StateScope scope, Map<String, String> expected) {
        List<String> order = expected.keySet().stream().sorted(BYTE_ORDER).toList();
        List<StateEntry> listed = new ArrayList<>();
        Optional<String> after = Optional.empty();
        List<StateEntry> page;
        do {
            page = state.entries(scope, after, 7);
            listed.addAll(page);
            after = page.isEmpty()
                    ? after
                    : Optional.of(page.get(page.size() - 1).key());
        } while (page.size() == 7 && listed.size() <= expected.size());
        assertEquals(order, listed.stream().map(StateEntry::key).toList(), "keys in the order of their bytes");
        for (StateEntry entry : listed) {
            assertEquals(expected.get(entry.key()), entry.value(), () -> KeyTricks.show(entry.key()));
        }
        assertEquals(usageOf(expected), state.usage(scope));
    }

    @Test
    final void everyKeyIsAKeyOfItsOwn() throws Exception {
        StateProvider state = opened();
        Map<String, String> entries = KeyTricks.entries("v");
        for (Map.Entry<String, String> entry : entries.entrySet()) {
            assertEquals(
                    Optional.empty(),
                    state.get(SCOPE, entry.getKey()),
                    () -> "not written yet: " + KeyTricks.show(entry.getKey()));
            state.putMany(SCOPE, Map.of(entry.getKey(), entry.getValue()), AMPLE);
        }
        for (Map.Entry<String, String> entry : entries.entrySet()) {
            assertEquals(
                    Optional.of(entry.getValue()),
                    state.get(SCOPE, entry.getKey()),
                    () -> KeyTricks.show(entry.getKey()));
        }
        assertHolds(state, SCOPE, entries);
    }

    @Test
    final void removingAKeyRemovesNoOther() throws Exception {
        StateProvider state = opened();
        Map<String, String> left = new TreeMap<>(KeyTricks.entries("v"));
        put(state, SCOPE, left);
        for (int i = 0; i < KeyTricks.KEYS.size(); i += 3) {
            state.removeMany(SCOPE, List.of(KeyTricks.KEYS.get(i)));
            left.remove(KeyTricks.KEYS.get(i));
        }
        assertHolds(state, SCOPE, left);
    }

    @Test
    final void aBatchMayHoldEveryTrickAtOnce() throws Exception {
        StateProvider state = opened();
        List<String> hundred = KeyTricks.KEYS.subList(0, 100);
        Map<String, String> batch = new HashMap<>();
        hundred.forEach(key -> batch.put(key, "value of " + key));
        state.putMany(SCOPE, batch, AMPLE);
        assertEquals(batch, state.getMany(SCOPE, hundred));
        state.removeMany(SCOPE, hundred);
        assertEquals(Map.of(), state.getMany(SCOPE, hundred));
        assertHolds(state, SCOPE, Map.of());
    }

    @Test
    final void scopesThatLookAlikeShareNothing() throws Exception {
        StateProvider state = opened();
        List<StateScope> alike = List.of(
                SCOPE,
                new StateScope("demo", 1),
                new StateScope("demo", 10),
                new StateScope("demo", Integer.MAX_VALUE),
                new StateScope("demo-1", 0),
                new StateScope("demo1", 0),
                new StateScope("demo10", 0),
                new StateScope("dem", 0),
                new StateScope("other", 0));
        List<String> keys = List.of("k", "0k", "1k", "0", "1:k", "-1", "other:0:k", "demo:0:k", "o0k");
        for (StateScope scope : alike) {
            Map<String, String> entries = new HashMap<>();
            keys.forEach(key -> entries.put(key, scope + key));
            state.putMany(scope, entries, AMPLE);
        }
        for (StateScope scope : alike) {
            Map<String, String> expected = new HashMap<>();
            keys.forEach(key -> expected.put(key, scope + key));
            assertHolds(state, scope, expected);
        }
        state.removeMany(new StateScope("demo", 1), keys);
        assertHolds(state, new StateScope("demo", 1), Map.of());
        assertEquals(
                List.of(SCOPE, new StateScope("demo", 10), new StateScope("demo", Integer.MAX_VALUE)),
                state.scopes("demo"));
        state.purge("demo");
        assertEquals(List.of(), state.scopes("demo"));
        assertEquals(StateUsage.EMPTY, state.usage(SCOPE));
        assertEquals(Optional.empty(), state.get(new StateScope("demo", 10), "k"));
        for (StateScope scope : alike.subList(4, alike.size())) {
            assertEquals(keys.size(), state.usage(scope).keys(), () -> "purge of demo keeps " + scope);
            assertEquals(List.of(scope), state.scopes(scope.pluginId()));
        }
    }

    @Test
    final void everyValueIsKeptAsItIs() throws Exception {
        StateProvider state = opened();
        List<String> values = new ArrayList<>(KeyTricks.KEYS);
        values.addAll(List.of("", " ", "\0", "x".repeat(65_536), "\0".repeat(1_000)));
        for (String value : values) {
            state.putMany(SCOPE, Map.of("k", value), AMPLE);
            assertEquals(Optional.of(value), state.get(SCOPE, "k"), () -> "value " + KeyTricks.show(value));
            assertEquals(Map.of("k", value), state.getMany(SCOPE, List.of("k", "missing")));
            assertEquals(usageOf(Map.of("k", value)), state.usage(SCOPE));
        }
    }

    @Test
    final void aStoredEmptyTextIsPresent() throws Exception { // contract D1
        StateProvider state = opened();
        state.putMany(SCOPE, Map.of("empty", ""), AMPLE);
        assertEquals(Optional.of(""), state.get(SCOPE, "empty"));
        assertHolds(state, SCOPE, Map.of("empty", ""));
    }

    @Test
    final void theLargestValuesAndBatchesFit() throws Exception {
        StateProvider state = opened();
        String ascii = "x".repeat(MEBIBYTE);
        String wide = "\ud83d\ude00".repeat(MEBIBYTE / 4);
        state.putMany(SCOPE, Map.of("k".repeat(255), ascii), AMPLE);
        state.putMany(SCOPE, Map.of("w", wide), AMPLE);
        Map<String, String> batch = new HashMap<>();
        for (int i = 0; i < 100; i++) {
            batch.put("k" + i + "-".repeat(252), "y".repeat(MEBIBYTE / 100));
        }
        state.putMany(SCOPE, batch, AMPLE);
        Map<String, String> all = new HashMap<>(batch);
        all.put("k".repeat(255), ascii);
        all.put("w", wide);
        assertHolds(state, SCOPE, all);
        assertEquals(batch, state.getMany(SCOPE, batch.keySet()));
    }

    @Test
    final void emptyBatchesAndMissingKeysAreNoErrors() throws Exception {
        StateProvider state = opened();
        state.putMany(SCOPE, Map.of(), new StateQuota(1, 1));
        state.removeMany(SCOPE, List.of());
        state.removeMany(SCOPE, List.of("missing", "missing too"));
        state.purge("nobody");
        assertEquals(Map.of(), state.getMany(SCOPE, List.of()));
        assertEquals(List.of(), state.scopes("demo"));
        assertHolds(state, SCOPE, Map.of());
    }

    @Test
    final void aBatchOverTheQuotaWritesNothingAndSaysWhichLimit() throws Exception {
        StateProvider state = opened();
        state.putMany(SCOPE, Map.of("a", "1", "b", "22"), AMPLE);
        Map<String, String> before = Map.of("a", "1", "b", "22");
        QuotaExceededException keys = assertThrows(
                QuotaExceededException.class,
                () -> state.putMany(SCOPE, Map.of("a", "changed", "c", "", "d", ""), new StateQuota(3, 1_000)));
        assertEquals(QuotaExceededException.Unit.KEYS, keys.unit());
        assertEquals(3, keys.limit());
        assertHolds(state, SCOPE, before);
        QuotaExceededException bytes = assertThrows(
                QuotaExceededException.class,
                () -> state.putMany(SCOPE, Map.of("a", "changed", "\u00e9", "\u00e9\u00e9"), new StateQuota(3, 16)));
        assertEquals(QuotaExceededException.Unit.BYTES, bytes.unit());
        assertEquals(16, bytes.limit());
        assertHolds(state, SCOPE, before);
        QuotaExceededException both = assertThrows(
                QuotaExceededException.class,
                () -> state.putMany(SCOPE, Map.of("c", "1234567890"), new StateQuota(2, 5)));
        assertEquals(QuotaExceededException.Unit.KEYS, both.unit(), "keys are checked before bytes");
    }

    @Test
    final void theQuotaIsExactAndOverwritingRefundsFirst() throws Exception { // contract D7
        StateProvider state = opened();
        StateQuota tight = new StateQuota(2, 20);
        state.putMany(SCOPE, Map.of("a", "123456789", "b", "123456789"), tight);
        state.putMany(SCOPE, Map.of("a", "abcdefghi"), tight);
        state.putMany(SCOPE, Map.of("a", "", "b", "123456789012345678"), tight);
        assertHolds(state, SCOPE, Map.of("a", "", "b", "123456789012345678"));
        assertThrows(QuotaExceededException.class, () -> state.putMany(SCOPE, Map.of("a", "1"), tight));
        state.removeMany(SCOPE, Set.of("a"));
        state.putMany(SCOPE, Map.of("c", ""), tight);
        assertHolds(state, SCOPE, Map.of("c", "", "b", "123456789012345678"));
    }

    @Test
    final void aScopeOverALoweredQuotaMayShrinkAndNotGrow() throws Exception {
        StateProvider state = opened();
        state.putMany(SCOPE, Map.of("a", "12345", "b", "12345", "c", "12345"), AMPLE);
        StateQuota lowered = new StateQuota(2, 10);
        state.putMany(SCOPE, Map.of("a", "1234"), lowered);
        state.putMany(SCOPE, Map.of("a", "4321", "b", "5432"), lowered);
        assertHolds(state, SCOPE, Map.of("a", "4321", "b", "5432", "c", "12345"));
        assertThrows(QuotaExceededException.class, () -> state.putMany(SCOPE, Map.of("a", "54321"), lowered));
        assertThrows(QuotaExceededException.class, () -> state.putMany(SCOPE, Map.of("d", "", "a", ""), lowered));
        state.removeMany(SCOPE, Set.of("a", "b"));
        state.putMany(SCOPE, Map.of("c", "1234", "d", "1234"), lowered);
        assertHolds(state, SCOPE, Map.of("c", "1234", "d", "1234"));
    }

    @Test
    final void eachScopeHasAQuotaOfItsOwn() throws Exception {
        StateProvider state = opened();
        StateQuota one = new StateQuota(1, 10);
        for (StateScope scope : List.of(SCOPE, new StateScope("demo", 1), new StateScope("other", 0))) {
            state.putMany(scope, Map.of("k", "12345"), one);
            assertThrows(QuotaExceededException.class, () -> state.putMany(scope, Map.of("l", ""), one));
        }
    }

    @Test
    final void pagesFollowEachOtherWhateverTheKeyBetween() throws Exception {
        StateProvider state = opened();
        Map<String, String> entries = new TreeMap<>(BYTE_ORDER);
        entries.putAll(KeyTricks.entries("p"));
        put(state, SCOPE, entries);
        List<String> order = new ArrayList<>(entries.keySet());
        for (int i = 0; i < order.size(); i++) {
            List<String> page = state.entries(SCOPE, Optional.of(order.get(i)), 2).stream()
                    .map(StateEntry::key)
                    .toList();
            String from = KeyTricks.show(order.get(i));
            assertEquals(order.subList(i + 1, Math.min(i + 3, order.size())), page, () -> "behind " + from);
        }
        assertEquals(order.subList(0, 1), keys(state.entries(SCOPE, Optional.empty(), 1)));
        assertEquals(order.subList(1, 2), keys(state.entries(SCOPE, Optional.of(order.get(0) + "\0"), 1)));
        assertEquals(order.size(), state.entries(SCOPE, Optional.empty(), 1_000).size());
    }

    private static List<String> keys(List<StateEntry> entries) {
        return entries.stream().map(StateEntry::key).toList();
    }

    @Test
    final void whatIsGivenOutCannotBeChangedNorChangesLater() throws Exception {
        StateProvider state = opened();
        state.putMany(SCOPE, Map.of("a", "1"), AMPLE);
        List<StateEntry> entries = state.entries(SCOPE, Optional.empty(), 10);
        List<StateScope> scopes = state.scopes("demo");
        Map<String, String> values = state.getMany(SCOPE, List.of("a"));
        assertThrows(UnsupportedOperationException.class, entries::clear);
        assertThrows(UnsupportedOperationException.class, scopes::clear);
        state.putMany(SCOPE, Map.of("a", "2", "b", "3"), AMPLE);
        assertEquals(List.of(new StateEntry("a", "1")), entries);
        assertEquals(Map.of("a", "1"), values);
    }

    @Test
    final void theCallersMapIsNotKept() throws Exception {
        StateProvider state = opened();
        Map<String, String> mine = new HashMap<>(Map.of("a", "1"));
        state.putMany(SCOPE, mine, AMPLE);
        mine.put("a", "2");
        mine.put("b", "3");
        assertHolds(state, SCOPE, Map.of("a", "1"));
    }
}
