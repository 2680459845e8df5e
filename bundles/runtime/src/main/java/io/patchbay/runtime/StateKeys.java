// SPDX-License-Identifier: Apache-2.0
package io.patchbay.runtime;

import io.patchbay.hostservice.HostCallException;
import io.patchbay.hostservice.codec.RawText;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Checks keys and values of one plugin's state against the contract and the plugin's limits (contract 3.2, D7). */
final class StateKeys {
    /**
     * What is kept of a request's list, so that a hostile one costs little memory: a longer list is over the limit of a
     * batch even when it only repeats itself.
     */
    static final int MAX_LISTED = 10_000;

    private final LimitTable.Current limits;
    private final RuntimeCounters.OfPlugin counters;

    StateKeys(LimitTable.Current limits, RuntimeCounters.OfPlugin counters) {
        this.limits = limits;
        this.counters = counters;
    }

    /** The key that a raw one stands for: trimmed, not empty, short enough, real Unicode. */
    String key(String raw) throws HostCallException {
        String key = RawText.trim(raw);
        if (key.isEmpty()) {
            throw HostCallException.typed(
                    HostCallException.INVALID_REQUEST, "CAPABILITY_DENIED", Map.of(), "Capability access is denied");
        }
        int longest = limits.get().keyBytes();
        // A char is at least a third of its bytes: most keys need no counting.
        if (key.length() > longest / 3 && RawText.length(key) > longest) {
            throw exceeded(Limit.STATE_KEY, longest);
        }
        requireUnicode(key, "state key is not valid UTF-8");
        return key;
    }

    /** Checks a value; returns its length in bytes. */
    int value(String value) throws HostCallException {
        int bytes = RawText.length(value);
        int longest = limits.get().valueBytes();
        if (bytes > longest) {
            throw exceeded(Limit.STATE_VALUE, longest);
        }
        requireUnicode(value, "state value is not valid UTF-8");
        return bytes;
    }

    /** The distinct keys of a batch in request order; the first bad key wins over the count (contract 3.2). */
    Set<String> batch(Collection<String> raw) throws HostCallException {
        int most = limits.get().batchKeys();
        Set<String> keys = new LinkedHashSet<>();
        for (String item : raw) {
            keys.add(key(item));
            if (keys.size() > most) {
                throw exceeded(Limit.BATCH_KEYS, most);
            }
        }
        if (raw.size() >= MAX_LISTED) {
            throw exceeded(Limit.BATCH_KEYS, most);
        }
        return keys;
    }

    /** Checks the number of members of a set_many request, before anything else is looked at. */
    void batchSize(int members) throws HostCallException {
        int most = limits.get().batchKeys();
        if (members > most) {
            throw exceeded(Limit.BATCH_KEYS, most);
        }
    }

    /** Checks the sum of value bytes of a batch, whichever way it goes. */
    void batchBytes(long bytes) throws HostCallException {
        int most = limits.get().batchBytes();
        if (bytes > most) {
            throw exceeded(Limit.BATCH_BYTES, most);
        }
    }

    private HostCallException exceeded(Limit limit, long value) {
        counters.reached(limit);
        return HostCallException.limitExceeded(value);
    }

    private static void requireUnicode(String text, String error) throws HostCallException {
        if (!RawText.isValidUtf8(text)) {
            throw HostCallException.plain(HostCallException.INVALID_REQUEST, error);
        }
    }
}
