// SPDX-License-Identifier: Apache-2.0
package io.patchbay.admin;

import io.patchbay.plugin.PluginResponse;
import java.util.Objects;

/**
 * A plugin's answer to an operator, with what it cost.
 *
 * @param executionId the id under which its log entries stand, not null
 * @param response the plugin's answer, not null
 * @param queueNanos waiting for a guest thread, ns
 * @param instantiateNanos making the instance, ns
 * @param executeNanos running the request, ns
 * @param hostCalls how many host calls it made
 */
public record InvokeResult(
        String executionId,
        PluginResponse response,
        long queueNanos,
        long instantiateNanos,
        long executeNanos,
        long hostCalls) {
    /** Checks the components. */
    public InvokeResult {
        Objects.requireNonNull(executionId, "executionId");
        Objects.requireNonNull(response, "response");
    }
}
