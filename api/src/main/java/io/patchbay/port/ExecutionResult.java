// SPDX-License-Identifier: Apache-2.0
package io.patchbay.port;

import io.patchbay.plugin.PluginResponse;
import java.util.Objects;

/**
 * What an execution gave, and what it cost.
 *
 * @param executionId the id under which its log entries stand, not null
 * @param response the decoded answer, not null
 * @param queueNanos waiting for a guest thread, ns
 * @param instantiateNanos making the instance and running {@code _initialize}, ns
 * @param executeNanos running the request, ns
 * @param hostCalls how many host calls it made
 */
public record ExecutionResult(
        String executionId,
        PluginResponse response,
        long queueNanos,
        long instantiateNanos,
        long executeNanos,
        long hostCalls) {
    /** Checks the components. */
    public ExecutionResult {
        Objects.requireNonNull(executionId, "executionId");
        Objects.requireNonNull(response, "response");
    }
}
