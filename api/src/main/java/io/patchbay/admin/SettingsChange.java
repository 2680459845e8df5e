// SPDX-License-Identifier: Apache-2.0
package io.patchbay.admin;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A wish to change the settings of one PID.
 *
 * @param pid a PID, or {@code FACTORY~NAME}, not null
 * @param values what to set, as typed; several values for a list, not null
 * @param unset what to take back; a key may not be in both, not null
 * @param dryRun check only
 * @param actor who asks, for the record, not null
 */
public record SettingsChange(
        String pid, Map<String, List<String>> values, List<String> unset, boolean dryRun, String actor) {
    /** Checks the components and copies the collections. */
    public SettingsChange {
        Objects.requireNonNull(pid, "pid");
        Objects.requireNonNull(actor, "actor");
        Map<String, List<String>> copy = new LinkedHashMap<>();
        values.forEach((key, texts) -> copy.put(key, List.copyOf(texts)));
        values = Collections.unmodifiableMap(copy);
        unset = List.copyOf(unset);
    }
}
