// SPDX-License-Identifier: Apache-2.0
package io.patchbay.admin;

import java.time.Instant;
import java.util.Objects;

/**
 * One line of the audit trail.
 *
 * @param sequence counts up from 1 on a node, without a gap
 * @param at when, not null
 * @param actor who, not null
 * @param wayIn which way it came in, as in {@link ChangeContext#wayIn()}, not null
 * @param action one word, such as {@code upgrade}, not null
 * @param pluginId the plugin; empty when it is about none, not null
 * @param digest the artifact; empty when it is about none, not null
 * @param outcome what became of it, not null
 * @param detail for people, not null
 */
public record AuditEntry(
        long sequence,
        Instant at,
        String actor,
        String wayIn,
        String action,
        String pluginId,
        String digest,
        Outcome outcome,
        String detail) {
    /** What became of a wish. */
    public enum Outcome {
        /** It was carried out. */
        DONE,
        /** It was refused; nothing was changed. */
        REFUSED,
        /** It could not be carried out; nothing was changed. */
        FAILED
    }

    /** Checks the components. */
    public AuditEntry {
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(actor, "actor");
        Objects.requireNonNull(wayIn, "wayIn");
        Objects.requireNonNull(action, "action");
        Objects.requireNonNull(pluginId, "pluginId");
        Objects.requireNonNull(digest, "digest");
        Objects.requireNonNull(outcome, "outcome");
        Objects.requireNonNull(detail, "detail");
    }
}
