// SPDX-License-Identifier: Apache-2.0
package io.patchbay.state.sqlite;

import io.patchbay.provider.state.QuotaExceededException;
import io.patchbay.provider.state.StateQuota;
import io.patchbay.provider.state.StateScope;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** One write that waits for the writer; its outcome is complete once it is committed, or has changed nothing. */
sealed interface WriteOperation {
    /**
     * Completed after the commit: empty for done, or the quota that stood against it.
     *
     * @return never null
     */
    CompletableFuture<Optional<QuotaExceededException>> outcome();

    /**
     * Writes all entries unless the scope would be over its quota.
     *
     * @param scope whose
     * @param entries what
     * @param quota the most the scope may hold
     * @param outcome completed by the writer
     */
    record Put(
            StateScope scope,
            Map<String, String> entries,
            StateQuota quota,
            CompletableFuture<Optional<QuotaExceededException>> outcome)
            implements WriteOperation {}

    /**
     * Removes keys.
     *
     * @param scope whose
     * @param keys which
     * @param outcome completed by the writer
     */
    record Remove(
            StateScope scope, Collection<String> keys, CompletableFuture<Optional<QuotaExceededException>> outcome)
            implements WriteOperation {}

    /**
     * Removes everything of a plugin.
     *
     * @param pluginId whose
     * @param outcome completed by the writer
     */
    record Purge(String pluginId, CompletableFuture<Optional<QuotaExceededException>> outcome)
            implements WriteOperation {}
}
