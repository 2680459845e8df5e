// SPDX-License-Identifier: Apache-2.0
package io.patchbay.hostservice;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * How the patch bay reads and writes the stores of a sticky kind, to move a plugin's data from one to another (DESIGN 5).
 *
 * <p>Data is entries of key and value in named scopes. A kind whose values are not text encodes them. All methods are
 * called from the patch bay's own threads, may block within the provider's call timeout, and pass on what the provider
 * throws: the move then stops, and the source stays the owner.
 *
 * @param <T> the SPI
 */
@ConsumerType
public interface StoreMover<T> {
    /** The most entries or keys that one call here is asked for or given. */
    int MAX_ENTRIES = 100;

    /** The most UTF-8 bytes of keys and values that one {@link #put} is given, unless it is given a single entry. */
    int MAX_BYTES = 1 << 20;

    /**
     * One key and its value.
     *
     * @param key not null
     * @param value not null
     */
    record Entry(String key, String value) {
        /** Checks the components. */
        public Entry {
            Objects.requireNonNull(key, "key");
            Objects.requireNonNull(value, "value");
        }
    }

    /**
     * What a scope holds.
     *
     * @param keys the number of keys, not negative
     * @param bytes UTF-8 bytes of keys and values together, not negative
     */
    record Usage(long keys, long bytes) {}

    /**
     * Lists the scopes of a plugin that hold at least one key.
     *
     * @param store the provider, not null
     * @param pluginId the plugin, not null
     * @return in any order, each once, never null
     */
    List<String> scopes(T store, String pluginId);

    /**
     * Counts what a scope holds.
     *
     * @param store the provider, not null
     * @param pluginId the plugin, not null
     * @param scope the scope, not null
     * @return zeros for a scope that is not there, never null
     */
    Usage usage(T store, String pluginId, String scope);

    /**
     * Reads a page of entries, in the order of their keys' UTF-8 bytes.
     *
     * @param store the provider, not null
     * @param pluginId the plugin, not null
     * @param scope the scope, not null
     * @param afterKey only keys behind this one; empty to start at the first, not null
     * @param limit the most entries to return, 1 to {@link #MAX_ENTRIES}
     * @return shorter than the limit only at the end, never null
     */
    List<Entry> entries(T store, String pluginId, String scope, Optional<String> afterKey, int limit);

    /**
     * Reads some keys.
     *
     * @param store the provider, not null
     * @param pluginId the plugin, not null
     * @param scope the scope, not null
     * @param keys at most {@link #MAX_ENTRIES}, distinct, not null
     * @return those that are there, never null
     */
    Map<String, String> get(T store, String pluginId, String scope, Collection<String> keys);

    /**
     * Writes entries as they are, whatever the plugin's quota.
     *
     * @param store the provider, not null
     * @param pluginId the plugin, not null
     * @param scope the scope, not null
     * @param entries at most {@link #MAX_ENTRIES}, not null
     */
    void put(T store, String pluginId, String scope, Map<String, String> entries);

    /**
     * Removes keys; those that are not there are no error.
     *
     * @param store the provider, not null
     * @param pluginId the plugin, not null
     * @param scope the scope, not null
     * @param keys at most {@link #MAX_ENTRIES}, distinct, not null
     */
    void remove(T store, String pluginId, String scope, Collection<String> keys);

    /**
     * Removes everything of a plugin.
     *
     * @param store the provider, not null
     * @param pluginId the plugin, not null
     */
    void purge(T store, String pluginId);

    /**
     * Puts a layer in front of a provider that passes every call on and tells each write. It serves one plugin while its
     * data is being copied.
     *
     * @param store the provider, not null
     * @param log hears each write after it was carried out or failed, and before the call returns, not null
     * @return never null
     */
    T watched(T store, WriteLog log);
}
