// SPDX-License-Identifier: Apache-2.0
package io.patchbay.state.sqlite;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.patchbay.provider.state.StateScope;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What was read or written lately, bounded by bytes; possible because the file has one owner.
 *
 * <p>A miss is loaded under the key's own lock of the cache, and the writer replaces entries after its commit and before
 * its acknowledgement under the same lock: a reader that loaded the old value is overtaken, never the other way round.
 */
final class ValueCache {
    private static final int ENTRY_OVERHEAD = 64;

    private record Key(StateScope scope, String key) {}

    private final long maximumBytes;
    private volatile Cache<Key, Optional<String>> values;

    ValueCache(long maximumBytes) {
        this.maximumBytes = maximumBytes;
        values = empty(maximumBytes);
    }

    private static Cache<Key, Optional<String>> empty(long maximumBytes) {
        return Caffeine.newBuilder()
                .maximumWeight(maximumBytes)
                .executor(Runnable::run)
                .<Key, Optional<String>>weigher((key, value) -> ENTRY_OVERHEAD
                        + 2 * key.key().length()
                        + 2 * value.map(String::length).orElse(0))
                .build();
    }

    Optional<String> get(StateScope scope, String key, Function<String, Optional<String>> load) {
        return values.get(new Key(scope, key), missing -> load.apply(missing.key()));
    }

    void written(StateScope scope, Map<String, String> entries) {
        entries.forEach((key, value) -> values.put(new Key(scope, key), Optional.of(value)));
    }

    void removed(StateScope scope, Collection<String> keys) {
        keys.forEach(key -> values.put(new Key(scope, key), Optional.empty()));
    }

    /** A new cache, because a load that is under way would put what it read before into a cleared one. */
    void clear() {
        values = empty(maximumBytes);
    }
}
