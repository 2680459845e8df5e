// SPDX-License-Identifier: Apache-2.0
package io.patchbay.http.routes;

import java.time.Duration;

/** Limits for tests. */
final class Limits {
    /** The bytes that a body may have. */
    static final int BODY = 100_000;

    private Limits() {}

    static RouteLimits with(int requests, int requestsOfOnePlugin, long heldBytes) {
        return new RouteLimits(
                requests,
                requestsOfOnePlugin,
                BODY,
                Duration.ofSeconds(30),
                heldBytes,
                10,
                1_000,
                500,
                Duration.ofSeconds(30));
    }
}
