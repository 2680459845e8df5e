// SPDX-License-Identifier: Apache-2.0
package io.patchbay.admin;

import java.util.Objects;

/**
 * One archived release of a plugin.
 *
 * @param version not null
 * @param digest SHA-256 of the artifact, 64 lower-case hex digits, not null
 * @param sizeBytes its size
 * @param development whether it came in development mode
 * @param installedAt when, ISO 8601 in UTC, not null
 * @param installedBy who installed it, not null
 * @param servedSince when it last began to serve, ISO 8601 in UTC; empty when it never did, not null
 * @param standing what it is now, not null
 */
public record ReleaseView(
        String version,
        String digest,
        long sizeBytes,
        boolean development,
        String installedAt,
        String installedBy,
        String servedSince,
        Standing standing) {
    /** What a release is now. */
    public enum Standing {
        /** It answers requests, or would when the plugin is enabled. */
        SERVING,
        /** It is to serve and waits for decisions. */
        WAITING,
        /** It can be gone back to. */
        ARCHIVED
    }

    /** Checks the components. */
    public ReleaseView {
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(digest, "digest");
        Objects.requireNonNull(installedAt, "installedAt");
        Objects.requireNonNull(installedBy, "installedBy");
        Objects.requireNonNull(servedSince, "servedSince");
        Objects.requireNonNull(standing, "standing");
    }
}
