// SPDX-License-Identifier: Apache-2.0
package io.patchbay.admin;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The audit trail: what operators did, and tried to do, on this node. It is only ever appended to; a change and its line are
 * durable together. Implemented by {@code io.patchbay.lifecycle}. Thread-safe.
 */
@ProviderType
public interface AuditAdmin {
    /**
     * Reads the trail.
     *
     * @param query what is wanted, not null
     * @return oldest first, unmodifiable, never null
     * @throws AdminException {@code UNAVAILABLE} while the data folder is not open, or when the trail cannot be read
     */
    List<AuditEntry> entries(AuditQuery query) throws AdminException;
}
