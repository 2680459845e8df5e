// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bay;

import io.patchbay.hostservice.StoreMover;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Makes a target equal to a source by comparing them in key order and writing only what differs: the same work copies,
 * resumes and verifies. Keeps a tally of both sides. For one thread.
 *
 * @param <T> the SPI
 */
final class StoreCopy<T> {
    private final StoreDesk<T> source;
    private final StoreDesk<T> target;
    private final MoveProgress progress;
    private ContentTally sourceTally = new ContentTally();
    private ContentTally targetTally = new ContentTally();

    StoreCopy(StoreDesk<T> source, StoreDesk<T> target, MoveProgress progress) {
        this.source = source;
        this.target = target;
        this.progress = progress;
    }

    /**
     * Walks through everything once.
     *
     * @return how many keys differed and were written or removed
     */
    long everything() throws MoveStopped {
        sourceTally = new ContentTally();
        targetTally = new ContentTally();
        Set<String> scopes = new TreeSet<>(source.scopes());
        scopes.addAll(target.scopes());
        long differed = 0;
        for (String scope : scopes) {
            differed += wholeScope(scope);
        }
        return differed;
    }

    private long wholeScope(String scope) throws MoveStopped {
        EntryCursor from = new EntryCursor(source, scope);
        EntryCursor to = new EntryCursor(target, scope);
        List<String> different = new ArrayList<>(StoreMover.MAX_ENTRIES);
        long differed = 0;
        while (true) {
            StoreMover.@Nullable Entry wanted = from.entry();
            StoreMover.@Nullable Entry there = to.entry();
            if (wanted == null && there == null) {
                return differed + settle(scope, different);
            }
            int order = order(wanted, there);
            if (order > 0 && there != null) {
                different.add(there.key());
            } else if (wanted != null && wanted.equals(there)) {
                sourceTally.add(scope, wanted.key(), wanted.value());
                targetTally.add(scope, wanted.key(), wanted.value());
            } else if (wanted != null) {
                different.add(wanted.key());
            }
            if (order <= 0) {
                from.advance();
                progress.advance();
            }
            if (order >= 0) {
                to.advance();
            }
            if (different.size() == StoreMover.MAX_ENTRIES) {
                differed += settle(scope, different);
            }
        }
    }

    /** Which of two comes first; nothing comes behind everything. */
    private static int order(StoreMover.@Nullable Entry wanted, StoreMover.@Nullable Entry there) {
        if (wanted == null || there == null) {
            return wanted == null ? 1 : -1;
        }
        return KeyOrder.BY_UTF_8.compare(wanted.key(), there.key());
    }

    /** Settles keys that no tally has yet. */
    private long settle(String scope, List<String> keys) throws MoveStopped {
        long settled = keys.size();
        if (settled > 0) {
            Map<String, String> wanted = source.get(scope, keys);
            write(scope, keys, wanted, target.get(scope, keys));
            count(scope, wanted, target.get(scope, keys));
            keys.clear();
        }
        return settled;
    }

    /** Compares keys that were written meanwhile once more; the tallies follow. */
    void again(String scope, Collection<String> keys) throws MoveStopped {
        List<String> all = new ArrayList<>(keys);
        for (int from = 0; from < all.size(); from += StoreMover.MAX_ENTRIES) {
            List<String> batch = List.copyOf(all.subList(from, Math.min(all.size(), from + StoreMover.MAX_ENTRIES)));
            Map<String, String> before = target.get(scope, batch);
            Map<String, String> wanted = source.get(scope, batch);
            if (wanted.equals(before)) {
                continue;
            }
            write(scope, batch, wanted, before);
            // Both sides had what the target had: it was equal when it was counted.
            before.forEach((key, value) -> {
                sourceTally.remove(scope, key, value);
                targetTally.remove(scope, key, value);
            });
            count(scope, wanted, target.get(scope, batch));
        }
    }

    private void write(String scope, List<String> keys, Map<String, String> wanted, Map<String, String> there)
            throws MoveStopped {
        Map<String, String> puts = new LinkedHashMap<>();
        wanted.forEach((key, value) -> {
            if (!value.equals(there.get(key))) {
                puts.put(key, value);
            }
        });
        Set<String> gone = new LinkedHashSet<>(keys);
        gone.removeAll(wanted.keySet());
        gone.retainAll(there.keySet());
        target.put(scope, puts);
        target.remove(scope, gone);
    }

    private void count(String scope, Map<String, String> wanted, Map<String, String> readBack) throws MoveStopped {
        if (!wanted.equals(readBack)) {
            throw new MoveStopped("provider '" + target.name() + "' does not give back what was written to it");
        }
        wanted.forEach((key, value) -> sourceTally.add(scope, key, value));
        readBack.forEach((key, value) -> targetTally.add(scope, key, value));
    }

    /** Compares counts and digests, and the counts with those of the stores; only while nothing is written. */
    ContentTally verified() throws MoveStopped {
        StoreMover.Usage there = source.usage();
        StoreMover.Usage copied = target.usage();
        if (!sourceTally.sameAs(targetTally)
                || there.keys() != sourceTally.keys()
                || copied.keys() != targetTally.keys()
                || there.bytes() != sourceTally.bytes()
                || copied.bytes() != targetTally.bytes()) {
            throw new MoveStopped("source and copy differ: '" + source.name() + "' says " + there.keys() + " keys and "
                    + there.bytes() + " bytes, '" + target.name() + "' says " + copied.keys() + " and "
                    + copied.bytes() + ", compared were " + sourceTally.keys() + " and " + sourceTally.bytes());
        }
        return targetTally;
    }
}
