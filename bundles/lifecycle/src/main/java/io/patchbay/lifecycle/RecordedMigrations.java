// SPDX-License-Identifier: Apache-2.0
package io.patchbay.lifecycle;

import io.patchbay.port.MigrationJournal;
import io.patchbay.port.MigrationRecord;
import io.patchbay.provider.ProviderException;
import java.util.List;

/** The journal of moves on the registry; nothing is remembered beside it. */
final class RecordedMigrations implements MigrationJournal {
    private final Registry registry;

    RecordedMigrations(Registry registry) {
        this.registry = registry;
    }

    @Override
    public List<MigrationRecord> migrations() {
        try {
            return registry.migrations();
        } catch (RegistryException failure) {
            throw new ProviderException("the journal of moves cannot be read: " + failure.getMessage(), failure);
        }
    }

    @Override
    public void save(MigrationRecord record) {
        try {
            registry.saveMigration(record);
        } catch (RegistryException failure) {
            throw new ProviderException(
                    "move " + record.id() + " of the " + record.kind() + " of plugin " + Texts.quoted(record.pluginId())
                            + " cannot be recorded: " + failure.getMessage(),
                    failure);
        }
    }
}
