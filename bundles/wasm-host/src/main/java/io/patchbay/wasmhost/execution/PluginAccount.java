// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wasmhost.execution;

import io.patchbay.wasmhost.engine.NodePages;
import io.patchbay.wasmhost.hostcall.PluginUsage;

/**
 * What all releases of one plugin share: places to run, memory, counters.
 *
 * @param gate its places, not null
 * @param memory its share of the node's memory, not null
 * @param usage its counters, not null
 */
record PluginAccount(ExecutionGate gate, NodePages.Share memory, PluginUsage usage) {}
