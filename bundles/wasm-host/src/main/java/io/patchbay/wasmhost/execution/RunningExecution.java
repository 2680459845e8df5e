// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wasmhost.execution;

import io.patchbay.hostservice.Execution;

/** An execution as host methods see it. Immutable. */
record RunningExecution(String pluginId, int tenantId, String executionId, long deadlineNanos) implements Execution {}
