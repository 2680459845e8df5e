// SPDX-License-Identifier: Apache-2.0
package io.patchbay.admin;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Which lines of the audit trail are wanted.
 *
 * @param pluginId only of this plugin; empty for all, not null
 * @param since only from this moment on; empty for all, not null
 * @param limit the most lines, the newest of those that match, 1 to {@link #MOST}
 */
public record AuditQuery(Optional<String> pluginId, Optional<Instant> since, int limit) {
    /** The most lines of one answer. */
    public static final int MOST = 10_000;

    /** Checks the components. */
    public AuditQuery {
        Objects.requireNonNull(pluginId, "pluginId");
        Objects.requireNonNull(since, "since");
        if (limit < 1 || limit > MOST) {
            throw new IllegalArgumentException("a limit is 1 to " + MOST + ", not " + limit);
        }
    }

    /**
     * The last lines.
     *
     * @param limit the most lines, 1 to {@link #MOST}
     * @return never null
     */
    public static AuditQuery last(int limit) {
        return new AuditQuery(Optional.empty(), Optional.empty(), limit);
    }
}
