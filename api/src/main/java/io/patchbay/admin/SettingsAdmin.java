// SPDX-License-Identifier: Apache-2.0
package io.patchbay.admin;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What can be configured, and what is. Behind it stands Config Admin; what is set is also written to
 * {@code etc/PID.config} of the data folder, readable by its owner alone, and holds again after a restart. Implemented by
 * {@code io.patchbay.lifecycle}. Thread-safe.
 */
@ProviderType
public interface SettingsAdmin {
    /**
     * Every PID that a bundle describes or that is configured.
     *
     * @return sorted by PID, unmodifiable, never null
     * @throws AdminException {@code UNAVAILABLE} while the data folder is not open, or without Config Admin
     */
    List<SettingsView> list() throws AdminException;

    /**
     * The settings of one PID.
     *
     * @param pid a PID, a factory's PID, or {@code FACTORY~NAME}, not null
     * @return never null
     * @throws AdminException {@code INPUT} when neither a bundle nor a configuration knows it, {@code UNAVAILABLE}
     */
    SettingsView get(String pid) throws AdminException;

    /**
     * Changes settings, all or none. Where a bundle describes them, unknown keys, wrong types and missing values are
     * refused; what nobody describes is kept as text.
     *
     * @param change what to change, not null
     * @return the settings as they are, or with {@code dryRun} would be, afterwards, never null
     * @throws AdminException {@code INPUT} for what is wrong, {@code UNAVAILABLE} when it cannot be stored
     */
    SettingsView change(SettingsChange change) throws AdminException;
}
