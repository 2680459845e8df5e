// SPDX-License-Identifier: Apache-2.0
package io.patchbay.hostservice;

import java.util.Collection;
import org.osgi.annotation.versioning.ProviderType;

/** Hears what was written to a store while its content is copied, so that only this is copied again. Thread-safe. */
@ProviderType
public interface WriteLog {
    /**
     * Some keys may have another value now, or none. Told after each write, also after one that failed, and before the
     * write is acknowledged.
     *
     * @param scope the scope, as {@link StoreMover} names it, not null
     * @param keys the keys, not null
     */
    void written(String scope, Collection<String> keys);

    /** Anything may have changed; told as {@link #written} is. */
    void everything();
}
