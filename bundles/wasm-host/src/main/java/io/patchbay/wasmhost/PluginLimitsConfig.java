// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wasmhost;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * The settings of one plugin, factory PID {@code io.patchbay.limits}: all of them, so that an operator sees one form. The
 * last four are read by the host service {@code runtime}, which gets the same configuration; it has no form of its own.
 */
@ObjectClassDefinition(
        name = "Patchbay: limits of one plugin",
        description =
                "What one plugin may take, up to the host-wide ceilings; 0 keeps the host-wide value. Changes count "
                        + "from the next execution or call. Several bundles read this configuration: leave its location empty "
                        + "or let it begin with a question mark.")
@interface PluginLimitsConfig {
    @AttributeDefinition(name = "Plugin", description = "The plugin's id.")
    String plugin() default "";

    @AttributeDefinition(
            name = "Execution deadline (ms)",
            description = "How long an execution may take when its caller names no deadline.",
            min = "0",
            max = "86400000")
    long deadline_millis() default 0;

    @AttributeDefinition(
            name = "Memory of an instance (pages)",
            description = "In pages of 64 KiB. A module that declares more as its minimum is refused.",
            min = "0",
            max = "32767")
    int memory_pages() default 0;

    @AttributeDefinition(
            name = "Concurrent executions",
            description = "How many executions run at the same time.",
            min = "0",
            max = "4096")
    int concurrency() default 0;

    @AttributeDefinition(
            name = "Waiting executions",
            description = "How many requests may wait for a place.",
            min = "0",
            max = "65536")
    int queue() default 0;

    @AttributeDefinition(
            name = "Host calls per execution",
            description = "The call after the last allowed one ends the execution.",
            min = "0")
    long host_calls() default 0;

    @AttributeDefinition(
            name = "WASI calls per execution",
            description = "The call after the last allowed one ends the execution.",
            min = "0")
    long wasi_calls() default 0;

    @AttributeDefinition(
            name = "Host call request (bytes)",
            description = "The largest request of one host call.",
            min = "0",
            max = "268435456")
    int host_call_request_bytes() default 0;

    @AttributeDefinition(
            name = "Host call response (bytes)",
            description = "The largest response of one host call.",
            min = "0",
            max = "268435456")
    int host_call_response_bytes() default 0;

    @AttributeDefinition(
            name = "Bridge request (bytes)",
            description = "The largest request to the plugin.",
            min = "0",
            max = "268435456")
    int bridge_request_bytes() default 0;

    @AttributeDefinition(
            name = "Bridge response (bytes)",
            description = "The largest answer of the plugin.",
            min = "0",
            max = "268435456")
    int bridge_response_bytes() default 0;

    @AttributeDefinition(
            name = "State quota: keys",
            description = "Keys for each tenant; enforced by the host service runtime.",
            min = "0")
    long state_quota_keys() default 0;

    @AttributeDefinition(
            name = "State quota: bytes",
            description = "Bytes of keys and values for each tenant; enforced by the host service runtime.",
            min = "0")
    long state_quota_bytes() default 0;

    @AttributeDefinition(
            name = "Log lines per second",
            description = "Sustained; enforced by the host service runtime.",
            min = "0")
    int log_rate() default 0;

    @AttributeDefinition(
            name = "Log lines at once",
            description = "After a quiet time; enforced by the host service runtime.",
            min = "0")
    int log_burst() default 0;
}
