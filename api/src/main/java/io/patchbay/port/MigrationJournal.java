// SPDX-License-Identifier: Apache-2.0
package io.patchbay.port;

import io.patchbay.provider.ProviderException;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The durable journal of moves. Implemented by {@code io.patchbay.lifecycle}, used by {@code io.patchbay.bay}. Every change
 * is synced to the medium before its method returns. Thread-safe.
 */
@ProviderType
public interface MigrationJournal {
    /**
     * Lists all moves that ever were.
     *
     * @return by id, unmodifiable, never null
     * @throws ProviderException when the journal cannot be read
     */
    List<MigrationRecord> migrations();

    /**
     * Adds a move, or replaces the record of the same id.
     *
     * @param record the move, not null
     * @throws ProviderException when the journal cannot be written; the step must then not happen
     */
    void save(MigrationRecord record);
}
