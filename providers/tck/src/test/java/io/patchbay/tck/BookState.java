// SPDX-License-Identifier: Apache-2.0
package io.patchbay.tck;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.patchbay.provider.BackendUnavailableException;
import io.patchbay.provider.BackendUnavailableException.Effect;
import io.patchbay.provider.Durability;
import io.patchbay.provider.ProviderException;
import io.patchbay.provider.ProviderHealth;
import io.patchbay.provider.StoreIdentity;
import io.patchbay.provider.state.QuotaExceededException;
import io.patchbay.provider.state.StateEntry;
import io.patchbay.provider.state.StateProvider;
import io.patchbay.provider.state.StateQuota;
import io.patchbay.provider.state.StateScope;
import io.patchbay.provider.state.StateUsage;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/** A store in memory that survives its provider and is right, but for the flaw it is given. */
final class BookState implements StateProvider {
    /** What is wrong with it. */
    enum Flaw {
        NONE,
        IGNORES_CASE,
        TRIMS_KEYS,
        NORMALIZES_KEYS,
        CUTS_AT_NUL,
        LOSES_EMPTY_VALUES,
        COMPARES_BY_UTF16,
        MIXES_TENANT_AND_KEY,
        PURGES_BY_PREFIX,
        IGNORES_TENANTS_ON_PURGE,
        WRITES_ONE_BY_ONE,
        REMOVES_ONE_BY_ONE,
        CHECKS_QUOTA_BEFORE_THE_STEP,
        CHARGES_OVERWRITES_TWICE,
        COUNTS_CHARACTERS,
        WRITES_BEFORE_THE_QUOTA,
        ANSWERS_WHEN_CLOSED,
        NEW_ID_ON_OPEN,
        ONE_ID_FOR_ALL,
        FORGETS,
        REPEATS_THE_PAGE_KEY,
        ACKNOWLEDGES_FIRST,
        UNREADY_AGAIN,
        HIDES_TROUBLE,
        WRITES_HALF_IN_TROUBLE,
        REFUSES_BIG_VALUES,
        GIVES_ITS_OWN_MAP,
        ACTIVATES_WITH_ANYTHING,
        SAYS_UP_WHEN_IT_CANNOT,
        TELLS_THE_SECRET,
        NEVER_UP,
        READS_FIFTY_AT_MOST,
        MISSES_LOUDLY,
        COUNTS_ALL_SCOPES,
        KEEPS_THE_CALLERS_MAP,
        WRITES_BACK_A_COPY,
        COUNTS_BESIDE_THE_STEP,
        NEW_ID_ON_PURGE,
        REFUSES_TO_SHRINK,
        LISTS_BY_POSITION,
        DENIES_ITS_DURABILITY,
        DOUBTS_THE_CALL_AFTER_A_RESTART,
        LOSES_THE_LAST_WRITES_IN_A_CRASH,
        WRITES_AND_SAYS_NOTHING_WAS_DONE,
        DOUBTS_WHAT_NEVER_REACHED_THE_SERVER,
        DOES_NOT_SAY_THAT_THE_SERVER_IS_AWAY,
        GIVES_UP_A_SERVER_THAT_IS_NOT_THERE_YET
    }

    /** What outlives a provider. */
    static final class Book {
        private static final UUID ONE_FOR_ALL = UUID.randomUUID();

        private final UUID id = UUID.randomUUID();
        private final Map<StateScope, NavigableMap<String, String>> pages = new HashMap<>();
        private final Map<StateScope, Long> bytesBeside = new HashMap<>();
        private final List<Runnable> waiting = new ArrayList<>();
        volatile boolean broken;
        private volatile boolean away;
        private boolean restarted;
        private Runnable inCrash = () -> {};

        /** Leaves as a server does that is killed, or returns. */
        synchronized void away(boolean now) {
            away = now;
            if (now) {
                inCrash.run();
            } else {
                restarted = true;
                waiting.forEach(Runnable::run);
                waiting.clear();
            }
        }

        /** Runs something as soon as it is not away. */
        synchronized void whenThere(Runnable task) {
            if (away) {
                waiting.add(task);
            } else {
                task.run();
            }
        }
    }

    private static final Comparator<String> BYTES =
            (left, right) -> Arrays.compareUnsigned(left.getBytes(UTF_8), right.getBytes(UTF_8));

    /** The setting that is right. */
    static final String RIGHT = "url";

    private final Book book;
    private final Flaw flaw;
    private final String setting;
    private volatile StoreIdentity identity;
    private int position;
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private Runnable late = () -> {};
    private final AtomicInteger asked = new AtomicInteger();
    private volatile boolean closed;

    BookState(Book book, Flaw flaw, Durability durability, String setting) {
        this.book = book;
        this.flaw = flaw;
        this.setting = setting;
        UUID id = flaw == Flaw.NEW_ID_ON_OPEN ? UUID.randomUUID() : book.id;
        identity = new StoreIdentity(flaw == Flaw.ONE_ID_FOR_ALL ? Book.ONE_FOR_ALL : id, durability);
        if (!setting.equals(RIGHT) && flaw != Flaw.ACTIVATES_WITH_ANYTHING) {
            String shown = flaw == Flaw.TELLS_THE_SECRET ? setting : "***";
            ready.completeExceptionally(new ProviderException("the setting url is wrong: " + shown));
        } else if (book.away && flaw == Flaw.GIVES_UP_A_SERVER_THAT_IS_NOT_THERE_YET) {
            ready.completeExceptionally(new ProviderException("the book is away"));
        } else {
            book.whenThere(() -> ready.complete(null));
        }
    }

    void close() {
        closed = flaw != Flaw.ANSWERS_WHEN_CLOSED;
        if (flaw == Flaw.FORGETS) {
            book.pages.clear();
        }
    }

    @Override
    public CompletionStage<Void> ready() {
        return flaw == Flaw.UNREADY_AGAIN && asked.getAndIncrement() > 0 ? new CompletableFuture<>() : ready;
    }

    @Override
    public ProviderHealth health() {
        if (book.away && (flaw != Flaw.HIDES_TROUBLE || !ready.isDone())) {
            return new ProviderHealth(ProviderHealth.Status.DOWN, "the book is away");
        }
        if (!setting.equals(RIGHT) && flaw != Flaw.SAYS_UP_WHEN_IT_CANNOT) {
            return new ProviderHealth(ProviderHealth.Status.DOWN, "a setting is wrong");
        }
        return (book.broken && flaw != Flaw.HIDES_TROUBLE) || flaw == Flaw.NEVER_UP
                ? new ProviderHealth(ProviderHealth.Status.DEGRADED, "the book is full")
                : ProviderHealth.UP;
    }

    @Override
    public StoreIdentity store() {
        return identity;
    }

    private NavigableMap<String, String> page(StateScope scope) {
        if (closed) {
            throw new ProviderException("the book is closed");
        }
        if (book.restarted && flaw == Flaw.DOUBTS_THE_CALL_AFTER_A_RESTART) {
            book.restarted = false;
            throw new BackendUnavailableException("the book was away", Effect.UNKNOWN);
        }
        if (book.away) {
            throw switch (flaw) {
                case DOES_NOT_SAY_THAT_THE_SERVER_IS_AWAY -> new ProviderException("the book is away");
                case DOUBTS_WHAT_NEVER_REACHED_THE_SERVER ->
                    new BackendUnavailableException("the book is away", Effect.UNKNOWN);
                default -> new BackendUnavailableException("the book is away", Effect.NONE);
            };
        }
        StateScope place = flaw == Flaw.MIXES_TENANT_AND_KEY ? new StateScope(scope.pluginId(), 0) : scope;
        if (flaw == Flaw.KEEPS_THE_CALLERS_MAP) {
            Runnable kept = late;
            late = () -> {};
            kept.run();
        }
        Comparator<String> order = flaw == Flaw.COMPARES_BY_UTF16 ? Comparator.naturalOrder() : BYTES;
        return book.pages.computeIfAbsent(place, made -> new TreeMap<>(order));
    }

    private String key(StateScope scope, String key) {
        return switch (flaw) {
            case IGNORES_CASE -> key.toLowerCase(Locale.ROOT);
            case TRIMS_KEYS -> key.strip();
            case NORMALIZES_KEYS -> Normalizer.normalize(key, Normalizer.Form.NFC);
            case CUTS_AT_NUL -> key.indexOf('\0') < 0 ? key : key.substring(0, key.indexOf('\0'));
            case MIXES_TENANT_AND_KEY -> scope.tenantId() + key;
            default -> key;
        };
    }

    private long size(String text) {
        return flaw == Flaw.COUNTS_CHARACTERS ? text.length() : text.getBytes(UTF_8).length;
    }

    private void window() {
        LockSupport.parkNanos(100_000);
    }

    @Override
    public Map<String, String> getMany(StateScope scope, Collection<String> keys) {
        synchronized (book) {
            NavigableMap<String, String> page = page(scope);
            Map<String, String> found = new HashMap<>();
            int most = flaw == Flaw.READS_FIFTY_AT_MOST ? 50 : keys.size();
            for (String key : keys.stream().limit(most).toList()) {
                String value = page.get(key(scope, key));
                if (value != null && !(value.isEmpty() && flaw == Flaw.LOSES_EMPTY_VALUES)) {
                    found.put(key, value);
                }
            }
            return found;
        }
    }

    @Override
    public void putMany(StateScope scope, Map<String, String> entries, StateQuota quota) throws QuotaExceededException {
        switch (flaw) {
            case WRITES_ONE_BY_ONE -> {
                synchronized (book) {
                    check(scope, entries, quota);
                }
                for (Map.Entry<String, String> entry : entries.entrySet()) {
                    synchronized (book) {
                        write(scope, Map.of(entry.getKey(), entry.getValue()));
                    }
                    window();
                }
            }
            case CHECKS_QUOTA_BEFORE_THE_STEP -> {
                synchronized (book) {
                    check(scope, entries, quota);
                }
                window();
                synchronized (book) {
                    write(scope, entries);
                }
            }
            case ACKNOWLEDGES_FIRST -> {
                synchronized (book) {
                    check(scope, entries, quota);
                    late.run();
                    late = () -> write(scope, Map.copyOf(entries));
                }
            }
            case KEEPS_THE_CALLERS_MAP -> {
                synchronized (book) {
                    check(scope, entries, quota);
                    late = () -> write(scope, entries);
                }
            }
            case WRITES_BACK_A_COPY -> {
                NavigableMap<String, String> copy;
                synchronized (book) {
                    check(scope, entries, quota);
                    copy = new TreeMap<>(page(scope));
                }
                window();
                synchronized (book) {
                    if (book.broken) {
                        throw new ProviderException("the book is full");
                    }
                    copy.putAll(entries);
                    book.pages.put(scope, copy);
                }
            }
            case COUNTS_BESIDE_THE_STEP -> {
                long grown;
                synchronized (book) {
                    check(scope, entries, quota);
                    grown = growth(scope, entries);
                }
                window();
                synchronized (book) {
                    write(scope, entries);
                    book.bytesBeside.merge(scope, grown, Long::sum);
                }
            }
            case WRITES_BEFORE_THE_QUOTA -> {
                synchronized (book) {
                    for (Map.Entry<String, String> entry : entries.entrySet()) {
                        Map<String, String> one = Map.of(entry.getKey(), entry.getValue());
                        check(scope, one, quota);
                        write(scope, one);
                    }
                }
            }
            case WRITES_AND_SAYS_NOTHING_WAS_DONE -> {
                synchronized (book) {
                    if (book.away) {
                        book.pages.get(scope).putAll(entries);
                    }
                    check(scope, entries, quota);
                    write(scope, entries);
                }
            }
            default -> {
                synchronized (book) {
                    check(scope, entries, quota);
                    write(scope, entries);
                }
            }
        }
    }

    private long growth(StateScope scope, Map<String, String> entries) {
        long grown = 0;
        for (Map.Entry<String, String> entry : entries.entrySet()) {
            String old = page(scope).get(entry.getKey());
            grown += size(entry.getValue()) + (old == null ? size(entry.getKey()) : -size(old));
        }
        return grown;
    }

    private void check(StateScope scope, Map<String, String> entries, StateQuota quota) throws QuotaExceededException {
        NavigableMap<String, String> page = page(scope);
        long keysBefore = page.size();
        long bytesBefore = usage(scope).bytes();
        if (flaw == Flaw.COUNTS_ALL_SCOPES) {
            keysBefore = book.pages.values().stream().mapToLong(Map::size).sum();
        }
        long keys = keysBefore;
        long bytes = bytesBefore;
        for (Map.Entry<String, String> entry : entries.entrySet()) {
            if (flaw == Flaw.REFUSES_BIG_VALUES && entry.getValue().length() > 65_536) {
                throw new ProviderException("the value is too long for its column");
            }
            String old = page.get(key(scope, entry.getKey()));
            keys += old == null ? 1 : 0;
            if (old != null && flaw != Flaw.CHARGES_OVERWRITES_TWICE) {
                bytes -= size(entry.getKey()) + size(old);
            }
            bytes += size(entry.getKey()) + size(entry.getValue());
        }
        boolean anyExcess = flaw == Flaw.REFUSES_TO_SHRINK;
        if (keys > quota.maxKeys() && (anyExcess || keys > keysBefore)) {
            throw new QuotaExceededException(QuotaExceededException.Unit.KEYS, quota.maxKeys());
        }
        if (bytes > quota.maxBytes() && (anyExcess || bytes > bytesBefore)) {
            throw new QuotaExceededException(QuotaExceededException.Unit.BYTES, quota.maxBytes());
        }
    }

    private void write(StateScope scope, Map<String, String> entries) {
        NavigableMap<String, String> page = page(scope);
        if (flaw == Flaw.LOSES_THE_LAST_WRITES_IN_A_CRASH && !entries.isEmpty()) {
            Map<String, String> copy = Map.copyOf(entries);
            book.inCrash = () -> copy.keySet().forEach(page::remove);
        }
        if (book.broken && flaw != Flaw.WRITES_HALF_IN_TROUBLE) {
            throw new ProviderException("the book is full");
        }
        entries.forEach((key, value) -> {
            page.put(key(scope, key), value);
            if (book.broken) {
                throw new ProviderException("the book is full");
            }
        });
    }

    @Override
    public void removeMany(StateScope scope, Collection<String> keys) {
        for (String key : flaw == Flaw.REMOVES_ONE_BY_ONE ? keys : List.<String>of()) {
            synchronized (book) {
                page(scope).remove(key);
            }
            window();
        }
        synchronized (book) {
            NavigableMap<String, String> page = page(scope);
            if (book.broken) {
                throw new ProviderException("the book is full");
            }
            for (String key : keys) {
                String old = page.remove(key(scope, key));
                if (old == null && flaw == Flaw.MISSES_LOUDLY) {
                    throw new ProviderException("there is no such key");
                }
                if (old != null) {
                    book.bytesBeside.merge(scope, -(size(key) + size(old)), Long::sum);
                }
            }
        }
    }

    @Override
    public StateUsage usage(StateScope scope) {
        synchronized (book) {
            if (flaw == Flaw.COUNTS_BESIDE_THE_STEP) {
                return new StateUsage(page(scope).size(), Math.max(0, book.bytesBeside.getOrDefault(scope, 0L)));
            }
            return new StateUsage(page(scope).size(), bytes(page(scope)));
        }
    }

    private long bytes(Map<String, String> page) {
        long bytes = 0;
        for (Map.Entry<String, String> entry : page.entrySet()) {
            bytes += size(entry.getKey()) + size(entry.getValue());
        }
        return bytes;
    }

    @Override
    public List<StateScope> scopes(String pluginId) {
        synchronized (book) {
            page(new StateScope(pluginId, 0));
            return book.pages.entrySet().stream()
                    .filter(page -> page.getKey().pluginId().equals(pluginId)
                            && !page.getValue().isEmpty())
                    .map(Map.Entry::getKey)
                    .sorted(Comparator.comparingInt(StateScope::tenantId))
                    .toList();
        }
    }

    @Override
    public List<StateEntry> entries(StateScope scope, Optional<String> afterKey, int limit) {
        if (flaw == Flaw.LISTS_BY_POSITION) {
            window();
        }
        synchronized (book) {
            NavigableMap<String, String> page = page(scope);
            if (flaw == Flaw.LISTS_BY_POSITION) {
                position = afterKey.isEmpty() ? 0 : position;
                List<StateEntry> found = page.entrySet().stream()
                        .skip(position)
                        .limit(limit)
                        .map(entry -> new StateEntry(entry.getKey(), entry.getValue()))
                        .toList();
                position += found.size();
                return found;
            }
            boolean inclusive = flaw == Flaw.REPEATS_THE_PAGE_KEY;
            return afterKey.map(key -> page.tailMap(key, inclusive)).orElse(page).entrySet().stream()
                    .limit(limit)
                    .map(entry -> new StateEntry(entry.getKey(), entry.getValue()))
                    .collect(Collectors.collectingAndThen(
                            Collectors.toCollection(ArrayList::new),
                            list -> flaw == Flaw.GIVES_ITS_OWN_MAP ? list : List.copyOf(list)));
        }
    }

    @Override
    public void purge(String pluginId) {
        Map<StateScope, Long> counted = new HashMap<>();
        if (flaw == Flaw.COUNTS_BESIDE_THE_STEP) {
            synchronized (book) {
                book.pages.forEach((scope, page) -> counted.put(scope, bytes(page)));
            }
            // What is written from here on stays in the count, and no later purge puts that right.
            window();
        }
        synchronized (book) {
            page(new StateScope(pluginId, 0));
            book.pages.forEach((scope, page) -> {
                boolean own = flaw == Flaw.PURGES_BY_PREFIX
                        ? scope.pluginId().startsWith(pluginId)
                        : scope.pluginId().equals(pluginId);
                if (own && (flaw != Flaw.IGNORES_TENANTS_ON_PURGE || scope.tenantId() == 0)) {
                    page.clear();
                    book.bytesBeside.merge(scope, -counted.getOrDefault(scope, 0L), Long::sum);
                }
            });
            if (flaw == Flaw.NEW_ID_ON_PURGE) {
                identity = new StoreIdentity(UUID.randomUUID(), identity.durability());
            }
        }
    }
}
