// SPDX-License-Identifier: Apache-2.0
package io.patchbay.http.routes;

import java.time.Duration;
import java.util.Objects;

/**
 * What requests to plugins may take.
 *
 * @param requests how many are at work at the same time, of all plugins together
 * @param requestsOfOnePlugin how many of one plugin
 * @param bodyBytes the largest body of a request
 * @param bodyTime how long a body may take to arrive
 * @param heldBytes how many bytes of bodies, of requests and answers, are held at the same time
 * @param headerCount how many header lines a request may have
 * @param headerBytes how long they may be together
 * @param answerHeaderBytes how long the header lines of a plugin's answer may be together
 * @param answerTime how long an answer may take to be read by its client
 */
record RouteLimits(
        int requests,
        int requestsOfOnePlugin,
        int bodyBytes,
        Duration bodyTime,
        long heldBytes,
        int headerCount,
        int headerBytes,
        int answerHeaderBytes,
        Duration answerTime) {
    RouteLimits {
        Objects.requireNonNull(bodyTime, "bodyTime");
        Objects.requireNonNull(answerTime, "answerTime");
    }
}
