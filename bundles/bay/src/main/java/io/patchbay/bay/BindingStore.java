// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bay;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** Keeps bindings durably: Config Admin, behind a type of ours so that a framework without it still resolves us. */
interface BindingStore {
    /**
     * Adds or replaces a binding.
     *
     * @param pid the PID to keep it under
     * @throws IOException when it could not be kept
     */
    void save(String pid, Wish wish) throws IOException;

    /**
     * What is configured under a PID, a binding's or any other.
     *
     * @return the settings without those of the framework; empty when nothing is configured
     * @throws IOException when it could not be read
     */
    Optional<Map<String, Object>> values(String pid) throws IOException;

    /**
     * Whether there is a binding under a PID now.
     *
     * @throws IOException when it could not be read
     */
    default boolean keeps(String pid) throws IOException {
        return values(pid).isPresent();
    }

    /** Removes a binding; one that is not there is no error. */
    void remove(String pid) throws IOException;
}
