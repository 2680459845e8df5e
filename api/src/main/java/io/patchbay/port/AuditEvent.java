// SPDX-License-Identifier: Apache-2.0
package io.patchbay.port;

import io.patchbay.admin.AuditEntry.Outcome;
import java.util.Objects;

/**
 * Something that an operator did, or tried to. Never with a secret in it.
 *
 * @param actor who, not null
 * @param wayIn which way it came in, not null
 * @param action one word, such as {@code upgrade}, not null
 * @param pluginId the plugin; empty when it is about none, not null
 * @param digest the artifact; empty when it is about none, not null
 * @param outcome what became of it, not null
 * @param detail for people, not null
 */
public record AuditEvent(
        String actor, String wayIn, String action, String pluginId, String digest, Outcome outcome, String detail) {
    /** Checks the components. */
    public AuditEvent {
        Objects.requireNonNull(actor, "actor");
        Objects.requireNonNull(wayIn, "wayIn");
        Objects.requireNonNull(action, "action");
        Objects.requireNonNull(pluginId, "pluginId");
        Objects.requireNonNull(digest, "digest");
        Objects.requireNonNull(outcome, "outcome");
        Objects.requireNonNull(detail, "detail");
    }
}
