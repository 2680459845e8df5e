// SPDX-License-Identifier: Apache-2.0
package io.patchbay.provider.log;

import io.patchbay.provider.Provider;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Takes the log entries of plugins.
 *
 * <p>Called by the host service {@code runtime} only, on any thread, concurrently. {@link #write} returns quickly: a
 * slow sink keeps a bounded queue, counts what it drops and says so in {@link #health()}. When a call throws, the host
 * writes the entry to the framework's LogService, so that no line is lost.
 */
@ConsumerType
public interface LogProvider extends Provider {
    /** The kind's name. */
    String KIND = "log";

    /**
     * Writes one entry.
     *
     * @param entry bounded and escaped already, not null
     * @throws io.patchbay.provider.ProviderException when the entry could not be taken
     */
    void write(LogEntry entry);
}
