// SPDX-License-Identifier: Apache-2.0
package io.patchbay.runtime;

import io.patchbay.admin.LogAdmin;
import io.patchbay.provider.log.LogEntry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Keeps the last entries whatever the provider, and tells listeners of each. Thread-safe, without a lock for writers. */
final class RecentLog implements LogAdmin {
    static final int CAPACITY = 1_000;

    private record Numbered(long number, LogEntry entry) {}

    private final AtomicReferenceArray<@Nullable Numbered> ring = new AtomicReferenceArray<>(CAPACITY);
    private final AtomicLong next = new AtomicLong();
    private final List<Consumer<LogEntry>> listeners = new CopyOnWriteArrayList<>();

    void add(LogEntry entry) {
        long number = next.getAndIncrement();
        ring.set((int) (number % CAPACITY), new Numbered(number, entry));
        for (Consumer<LogEntry> listener : listeners) {
            tell(listener, entry);
        }
    }

    @Override
    public List<LogEntry> recent(Optional<String> pluginId) {
        List<Numbered> found = new ArrayList<>();
        for (int i = 0; i < CAPACITY; i++) {
            Numbered numbered = ring.get(i);
            if (numbered != null
                    && pluginId.map(numbered.entry.pluginId()::equals).orElse(true)) {
                found.add(numbered);
            }
        }
        return found.stream()
                .sorted(Comparator.comparingLong(Numbered::number))
                .map(Numbered::entry)
                .toList();
    }

    @Override
    public Subscription follow(Consumer<LogEntry> listener) {
        // A consumer of its own, so that following twice ends twice.
        Consumer<LogEntry> own = listener::accept;
        listeners.add(own);
        return () -> listeners.remove(own);
    }

    /** A listener that throws is not asked again: it must not cost a plugin its call. */
    private void tell(Consumer<LogEntry> listener, LogEntry entry) {
        try {
            listener.accept(entry);
        } catch (RuntimeException e) {
            listeners.remove(listener);
        }
    }
}
