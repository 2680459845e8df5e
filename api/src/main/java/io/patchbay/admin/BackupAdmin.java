// SPDX-License-Identifier: Apache-2.0
package io.patchbay.admin;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Backs a running node up into one file, and restores one. Implemented by {@code io.patchbay.lifecycle}. Thread-safe; one
 * backup or restore is worked on at a time.
 *
 * <p>A backup holds the registry (plugins, releases, grants, owners, moves), the archived artifacts, the configuration with
 * its secrets, the policy file, the audit trail, and every store that lies in the data folder. It is readable by its owner
 * alone and is to be kept like the data folder itself. What lies elsewhere is named and not in it: state in a database or
 * server of its own, state in memory, bundles of others.
 */
@ProviderType
public interface BackupAdmin {
    /**
     * Makes a backup while the node runs; nothing is held up. The file is whole or not there.
     *
     * @param request what to make, not null
     * @return what is in it, never null
     * @throws AdminException {@code INPUT} when the file exists or its folder does not, {@code UNAVAILABLE} while the data
     *     folder is not open or cannot be written, or when something cannot be copied
     */
    BackupView backup(BackupRequest request) throws AdminException;

    /**
     * Puts a backup in the place of what this node has: stops its plugins, exchanges the content of the data folder, and
     * starts again on it. Works also on a folder that cannot be opened because its registry is damaged. Once it has begun to
     * exchange it is finished, by the next start if need be. The audit trail of a node that has one goes on; the backup's
     * is then left out.
     *
     * @param request what to restore, not null
     * @return what was, or with {@code dryRun} would be restored, never null
     * @throws AdminException {@code INPUT} when the file is no backup, is damaged, or is of a newer version; {@code
     *     REFUSED} when the data folder holds plugins and the request does not say to replace them; {@code UNAVAILABLE} when
     *     the folder cannot be used or has no room. Nothing was changed then
     */
    BackupView restore(RestoreRequest request) throws AdminException;
}
