// SPDX-License-Identifier: Apache-2.0
package io.patchbay.lifecycle;

import io.patchbay.port.PluginDescriptor;

/**
 * One archived release of a plugin, as the registry keeps it.
 *
 * @param digest SHA-256 of the artifact, 64 lower-case hex digits
 * @param archive where it lies, relative to the data folder
 * @param sizeBytes its size
 * @param development whether it came in development mode
 * @param at when it was installed, ISO 8601 in UTC
 * @param by who installed it
 * @param servedSince when it last began to serve, ISO 8601 in UTC; empty when it never did
 * @param descriptor what it says about itself
 */
record ReleaseRecord(
        String digest,
        String archive,
        long sizeBytes,
        boolean development,
        String at,
        String by,
        String servedSince,
        PluginDescriptor descriptor) {
    ReleaseRecord served(String since) {
        return new ReleaseRecord(digest, archive, sizeBytes, development, at, by, since, descriptor);
    }

    String version() {
        return descriptor.version();
    }

    /** As operators are told of it. */
    String named() {
        return "version " + version() + " (" + Texts.digest(digest) + ")";
    }
}
