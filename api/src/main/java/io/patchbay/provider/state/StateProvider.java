// SPDX-License-Identifier: Apache-2.0
package io.patchbay.provider.state;

import io.patchbay.provider.Provider;
import io.patchbay.provider.StoreIdentity;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Keeps the key-value state of plugins.
 *
 * <p>Called by the host service {@code runtime} and by operators' tools, on any thread, concurrently. Keys are 1 to 255
 * UTF-8 bytes, values 0 to 1,048,576; both are valid Unicode and may contain NUL, quotes, {@code %} and any other
 * character: a provider compares keys exactly, by code point, without collation or trimming. The host has checked sizes
 * and counts before it calls.
 *
 * <p>A write is acknowledged by returning normally, and then survives what {@link #store()} promises. A call that throws
 * has changed nothing; the one exception is a call whose server left before its answer came, and that says so ({@link
 * io.patchbay.provider.BackendUnavailableException}). Reads that start after an acknowledgement see the write, whatever
 * the thread.
 *
 * <p>Every method may throw {@link io.patchbay.provider.ProviderException} when the store cannot answer.
 */
@ConsumerType
public interface StateProvider extends Provider {
    /** The kind's name. */
    String KIND = "state";

    /**
     * Says which store this provider works on. Called only after {@link #ready()} completed.
     *
     * @return the same identity for the life of the component, never null
     */
    StoreIdentity store();

    /**
     * Reads one key.
     *
     * @param scope whose state, not null
     * @param key the key, not null
     * @return the value, or empty when the key is not there; a stored empty text is present
     */
    default Optional<String> get(StateScope scope, String key) {
        return Optional.ofNullable(getMany(scope, List.of(key)).get(key));
    }

    /**
     * Reads several keys at one moment.
     *
     * @param scope whose state, not null
     * @param keys at most 100, distinct, not null
     * @return the keys that are there with their values, in no particular order, never null
     */
    Map<String, String> getMany(StateScope scope, Collection<String> keys);

    /**
     * Writes all entries or none, and checks the quota in the same atomic step.
     *
     * @param scope whose state, not null
     * @param entries at most 100 keys and 1 MiB of values, not null; an empty map changes nothing
     * @param quota what the scope may hold afterwards, not null
     * @throws QuotaExceededException when the scope would hold more; nothing is written then
     */
    void putMany(StateScope scope, Map<String, String> entries, StateQuota quota) throws QuotaExceededException;

    /**
     * Removes all the keys that are there, or none when it throws. Keys that are not there are no error.
     *
     * @param scope whose state, not null
     * @param keys at most 100, distinct, not null
     */
    void removeMany(StateScope scope, Collection<String> keys);

    /**
     * Counts what a scope holds.
     *
     * @param scope whose state, not null
     * @return keys and bytes as {@link StateQuota} counts them, never null
     */
    StateUsage usage(StateScope scope);

    /**
     * Lists the scopes of a plugin that hold at least one key.
     *
     * @param pluginId the plugin, not null
     * @return ordered by tenant, unmodifiable, never null
     */
    List<StateScope> scopes(String pluginId);

    /**
     * Lists entries of a scope, a page at a time, in the order of their keys' UTF-8 bytes.
     *
     * @param scope whose state, not null
     * @param afterKey only keys behind this one; empty to start at the first, not null
     * @param limit the most entries to return, 1 to 1,000
     * @return a page, shorter than the limit only at the end, unmodifiable, never null
     */
    List<StateEntry> entries(StateScope scope, Optional<String> afterKey, int limit);

    /**
     * Removes everything of a plugin, in every scope (contract D8).
     *
     * @param pluginId the plugin, not null
     */
    void purge(String pluginId);
}
