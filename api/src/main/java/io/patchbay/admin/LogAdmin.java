// SPDX-License-Identifier: Apache-2.0
package io.patchbay.admin;

import io.patchbay.provider.log.LogEntry;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The last entries that plugins wrote, kept by the host whatever the provider. Implemented by {@code io.patchbay.runtime}.
 * Thread-safe.
 */
@ProviderType
public interface LogAdmin {
    /**
     * The last entries, at most 1,000, oldest first.
     *
     * @param pluginId only of this plugin; empty for all, not null
     * @return unmodifiable, never null
     */
    List<LogEntry> recent(Optional<String> pluginId);

    /**
     * Hears every entry from now on, on the thread that writes it; must return quickly.
     *
     * @param listener not null
     * @return ends the listening when closed, never null
     */
    Subscription follow(Consumer<LogEntry> listener);

    /** Something that goes on until it is closed. */
    interface Subscription extends AutoCloseable {
        /** Ends it. Idempotent. */
        @Override
        void close();
    }
}
