// SPDX-License-Identifier: Apache-2.0
package io.patchbay.state.memory;

import io.patchbay.provider.state.QuotaExceededException;
import io.patchbay.provider.state.StateEntry;
import io.patchbay.provider.state.StateQuota;
import io.patchbay.provider.state.StateUsage;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** The keys of one scope. Every method holds the object's monitor, so a batch is seen whole or not at all. */
final class ScopeContents {
    /** UTF-8 byte order is code point order, which UTF-16 order is not above U+FFFF. */
    private static final Comparator<String> UTF8_ORDER = (left, right) -> {
        byte[] a = left.getBytes(StandardCharsets.UTF_8);
        byte[] b = right.getBytes(StandardCharsets.UTF_8);
        return Arrays.compareUnsigned(a, b);
    };

    private final NavigableMap<String, String> values = new TreeMap<>(UTF8_ORDER);
    private long bytes;

    synchronized Optional<String> get(String key) {
        return Optional.ofNullable(values.get(key));
    }

    synchronized Map<String, String> getMany(Collection<String> keys) {
        Map<String, String> found = new HashMap<>();
        for (String key : keys) {
            String value = values.get(key);
            if (value != null) {
                found.put(key, value);
            }
        }
        return found;
    }

    synchronized void putMany(Map<String, String> entries, StateQuota quota) throws QuotaExceededException {
        long keysAfter = values.size();
        long bytesAfter = bytes;
        for (Map.Entry<String, String> entry : entries.entrySet()) {
            String old = values.get(entry.getKey());
            if (old == null) {
                keysAfter++;
            } else {
                bytesAfter -= size(entry.getKey()) + size(old);
            }
            bytesAfter += size(entry.getKey()) + size(entry.getValue());
        }
        if (keysAfter > quota.maxKeys() && keysAfter > values.size()) {
            throw new QuotaExceededException(QuotaExceededException.Unit.KEYS, quota.maxKeys());
        }
        if (bytesAfter > quota.maxBytes() && bytesAfter > bytes) {
            throw new QuotaExceededException(QuotaExceededException.Unit.BYTES, quota.maxBytes());
        }
        values.putAll(entries);
        bytes = bytesAfter;
    }

    synchronized void removeMany(Collection<String> keys) {
        for (String key : keys) {
            String old = values.remove(key);
            if (old != null) {
                bytes -= size(key) + size(old);
            }
        }
    }

    synchronized StateUsage usage() {
        return new StateUsage(values.size(), bytes);
    }

    synchronized List<StateEntry> entries(Optional<String> afterKey, int limit) {
        NavigableMap<String, String> tail =
                afterKey.map(key -> values.tailMap(key, false)).orElse(values);
        return tail.entrySet().stream()
                .limit(limit)
                .map(entry -> new StateEntry(entry.getKey(), entry.getValue()))
                .toList();
    }

    synchronized void clear() {
        values.clear();
        bytes = 0;
    }

    private static long size(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
