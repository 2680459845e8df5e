// SPDX-License-Identifier: Apache-2.0
package io.patchbay.provider.uuid;

import io.patchbay.provider.Provider;
import org.osgi.annotation.versioning.ConsumerType;

/** Makes identifiers for plugins. Called on guests' threads, concurrently; no identifier is given twice. */
@ConsumerType
public interface UuidProvider extends Provider {
    /** The kind's name. */
    String KIND = "uuid";

    /**
     * Makes the next identifier.
     *
     * @return a non-empty text of at most 255 UTF-8 bytes without white space at its ends, never null; the default
     *     provider answers RFC 9562 version 7 in its canonical 36 characters (contract D11)
     */
    String next();
}
