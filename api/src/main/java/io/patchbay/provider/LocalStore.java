// SPDX-License-Identifier: Apache-2.0
package io.patchbay.provider;

import java.nio.file.Path;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A store that is one file in the node's data folder, so that a backup of the node can take it along. A provider that has such
 * a store registers this service beside that of its kind. Thread-safe.
 */
@ConsumerType
public interface LocalStore {
    /** The form of {@link #fileName()}. */
    String FILE_NAME = "[A-Za-z0-9_-]{1,64}\\.db";

    /**
     * The bundle in whose sub-folder the file lies.
     *
     * @return the name given to {@link DataFolder#folder(String)}, never null
     */
    String bundleSymbolicName();

    /**
     * The file.
     *
     * @return a name of the form {@link #FILE_NAME}, never null
     */
    String fileName();

    /**
     * The store in it.
     *
     * @return never null
     * @throws ProviderException when it is not open
     */
    StoreIdentity store();

    /**
     * Copies the store as it is at one moment, while it goes on being used. The copy is one file that this provider opens
     * when it lies in the place of the original; nothing beside it is needed.
     *
     * @param target a file that does not exist, in a folder that does, not null
     * @throws ProviderException when it cannot be copied; the target may then be there, in any state
     */
    void copyTo(Path target);
}
