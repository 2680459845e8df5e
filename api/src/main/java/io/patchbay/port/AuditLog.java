// SPDX-License-Identifier: Apache-2.0
package io.patchbay.port;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Where rooms record what operators do. Implemented by {@code io.patchbay.lifecycle} while the data folder is open.
 * Thread-safe.
 */
@ProviderType
public interface AuditLog {
    /**
     * Records an event on the medium before it returns; what cannot be written now is kept, reported in the host's log and
     * written with the next one.
     *
     * @param event not null
     */
    void record(AuditEvent event);
}
