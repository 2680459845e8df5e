// SPDX-License-Identifier: Apache-2.0
package io.patchbay.admin;

import io.patchbay.provider.state.StateEntry;
import java.util.List;

/**
 * Some entries of a scope, in the order of their keys' UTF-8 bytes.
 *
 * @param entries fewer than asked for at the end, and where a page would grow beyond 8 MiB, not null
 * @param more whether there are more behind the last one
 */
public record StatePage(List<StateEntry> entries, boolean more) {
    /** Copies the list. */
    public StatePage {
        entries = List.copyOf(entries);
    }
}
