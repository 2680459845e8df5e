// SPDX-License-Identifier: Apache-2.0
package io.patchbay.admin;

import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * What a change of a binding did, or would do.
 *
 * @param kind not null
 * @param pluginId the plugin; empty for the default of the kind, not null
 * @param dryRun whether nothing was changed
 * @param changes one per plugin that is concerned, by plugin, not null
 * @param moves the moves that were carried out, in order; none of a dry run, not null
 * @param warnings one line each, such as a call timeout beyond the drain time, not null
 */
public record BindResult(
        String kind,
        String pluginId,
        boolean dryRun,
        List<PluginChange> changes,
        List<MigrationView> moves,
        List<String> warnings) {
    /** Checks the components and copies the lists. */
    public BindResult {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(pluginId, "pluginId");
        changes = List.copyOf(changes);
        moves = List.copyOf(moves);
        warnings = List.copyOf(warnings);
    }

    /** What happens to one plugin. */
    public enum Change {
        /** The same provider serves as before. */
        NONE,
        /** Another provider serves, and no data has to move. */
        SWAP,
        /** Its data is copied, then another provider serves. */
        COPY,
        /** It starts empty on another store. */
        DISCARD,
        /** The owner of its data keeps serving until the data is copied or discarded. */
        PENDING
    }

    /**
     * What happens to one plugin.
     *
     * @param pluginId not null
     * @param from the provider before; empty when none served, not null
     * @param to the provider after; empty when none would serve, not null
     * @param change not null
     * @param keys keys that move, 0 when none
     * @param bytes UTF-8 bytes of keys and values that move, 0 when none
     * @param estimateMillis how long the move may take, when data moves
     * @param lastMillis how long the last such move took, when there was one
     */
    public record PluginChange(
            String pluginId,
            String from,
            String to,
            Change change,
            long keys,
            long bytes,
            OptionalLong estimateMillis,
            OptionalLong lastMillis) {
        /** Checks the components. */
        public PluginChange {
            Objects.requireNonNull(pluginId, "pluginId");
            Objects.requireNonNull(from, "from");
            Objects.requireNonNull(to, "to");
            Objects.requireNonNull(change, "change");
            Objects.requireNonNull(estimateMillis, "estimateMillis");
            Objects.requireNonNull(lastMillis, "lastMillis");
        }
    }
}
