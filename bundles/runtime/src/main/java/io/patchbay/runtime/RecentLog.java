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
    private final List<Follower> followers = new CopyOnWriteArrayList<>();

    void add(LogEntry entry) {
        long number = next.getAndIncrement();
        ring.set((int) (number % CAPACITY), new Numbered(number, entry));
        for (Follower follower : followers) {
            tell(follower, entry);
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
        Follower follower = new Follower(listener);
        followers.add(follower);
        return () -> followers.remove(follower);
    }

    /** A listener that throws is not asked again: it must not cost a plugin its call. */
    private void tell(Follower follower, LogEntry entry) {
        try {
            follower.listener.accept(entry);
        } catch (RuntimeException e) {
            followers.remove(follower);
        }
    }

    /** One following; a listener that follows twice is told twice and ends each by itself. */
    private static final class Follower {
        private final Consumer<LogEntry> listener;

        private Follower(Consumer<LogEntry> listener) {
            this.listener = listener;
        }
    }
}
