// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wasmhost;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The settings of the WebAssembly host, PID {@code io.patchbay.wasmhost}. Defaults are those of DESIGN 4. */
@ObjectClassDefinition(
        name = "Patchbay: WebAssembly host",
        description = "What each plugin's executions may take, and how the node runs them. Changes count from the next "
                + "execution unless a setting says otherwise.")
@interface WasmHostConfig {
    @AttributeDefinition(
            name = "Execution deadline (ms)",
            description =
                    "How long an execution may take, plugin and host together, when its caller names no deadline.",
            min = "1",
            max = "86400000")
    long deadline_millis() default 30_000;

    @AttributeDefinition(
            name = "Deadline ceiling (ms)",
            description = "No execution takes longer than this, whatever its caller asks for.",
            min = "1",
            max = "86400000")
    long deadline_ceiling_millis() default 600_000;

    @AttributeDefinition(
            name = "Memory of an instance (pages)",
            description = "How far a plugin's memory may grow, in pages of 64 KiB. A module that declares more as its "
                    + "minimum is refused.",
            min = "1",
            max = "32767")
    int memory_pages() default 4_096;

    @AttributeDefinition(
            name = "Concurrent executions per plugin",
            description = "How many executions of one plugin run at the same time.",
            min = "1",
            max = "4096")
    int concurrency() default 16;

    @AttributeDefinition(
            name = "Waiting executions per plugin",
            description = "How many requests may wait for a place; one more is answered 503 at once.",
            min = "0",
            max = "65536")
    int queue() default 64;

    @AttributeDefinition(
            name = "Host calls per execution",
            description = "The call after the last allowed one ends the execution.",
            min = "0")
    long host_calls() default 100_000;

    @AttributeDefinition(
            name = "WASI calls per execution",
            description = "The call after the last allowed one ends the execution.",
            min = "0")
    long wasi_calls() default 1_000_000;

    @AttributeDefinition(
            name = "Host call request (bytes)",
            description = "The largest request of one host call; a larger one is answered with status 3.",
            min = "0",
            max = "268435456")
    int host_call_request_bytes() default 4 << 20;

    @AttributeDefinition(
            name = "Host call response (bytes)",
            description = "The largest response of one host call; in place of a larger one comes status 3.",
            min = "0",
            max = "268435456")
    int host_call_response_bytes() default 4 << 20;

    @AttributeDefinition(
            name = "Bridge request (bytes)",
            description = "The largest request to a plugin; a larger one is answered 413.",
            min = "0",
            max = "268435456")
    int bridge_request_bytes() default 16 << 20;

    @AttributeDefinition(
            name = "Bridge response (bytes)",
            description = "The largest answer of a plugin; in place of a larger one comes 500.",
            min = "0",
            max = "268435456")
    int bridge_response_bytes() default 16 << 20;

    @AttributeDefinition(
            name = "Highest memory of an instance (pages)",
            description = "A plugin's own limits cannot go beyond this.",
            min = "1",
            max = "32767")
    int memory_pages_ceiling() default 16_384;

    @AttributeDefinition(
            name = "Highest number of concurrent executions",
            description = "A plugin's own limits cannot go beyond this.",
            min = "1",
            max = "4096")
    int concurrency_ceiling() default 256;

    @AttributeDefinition(
            name = "Highest number of waiting executions",
            description = "A plugin's own limits cannot go beyond this.",
            min = "0",
            max = "65536")
    int queue_ceiling() default 4_096;

    @AttributeDefinition(
            name = "Highest number of host calls per execution",
            description = "A plugin's own limits cannot go beyond this.",
            min = "0")
    long host_calls_ceiling() default 100_000_000;

    @AttributeDefinition(
            name = "Highest number of WASI calls per execution",
            description = "A plugin's own limits cannot go beyond this.",
            min = "0")
    long wasi_calls_ceiling() default 1_000_000_000;

    @AttributeDefinition(
            name = "Largest message (bytes)",
            description = "A plugin's own limits of requests and responses, of host calls and of the bridge, cannot go "
                    + "beyond this.",
            min = "0",
            max = "268435456")
    int message_bytes_ceiling() default 64 << 20;

    @AttributeDefinition(
            name = "Memory of all instances (% of the heap)",
            description =
                    "While plugins own more memory than this, new executions are answered 503. A sixteenth of it, 64 MiB "
                            + "at most, is kept when executions end, for the next ones. Counts from the next start of "
                            + "the bundle.",
            min = "1",
            max = "100")
    int node_memory_percent() default 40;

    @AttributeDefinition(
            name = "Memory of one plugin (% of that)",
            description =
                    "An execution that needs more than its plugin's share ends. Counts from the next start of the "
                            + "bundle.",
            min = "1",
            max = "100")
    int plugin_memory_percent() default 25;

    @AttributeDefinition(
            name = "Reserve of each plugin (pages)",
            description =
                    "A plugin that owns less memory than this, in pages of 64 KiB, starts executions though the memory of"
                            + " all instances is taken. Counts from the next start of the bundle.",
            min = "0",
            max = "32767")
    int plugin_memory_reserve_pages() default 64;

    @AttributeDefinition(
            name = "Guest threads",
            description = "How many executions of all plugins run at the same time. Counts from the next start of the "
                    + "bundle.",
            min = "1",
            max = "65536")
    int guest_threads() default 256;

    @AttributeDefinition(
            name = "Stack of a guest thread (bytes)",
            description = "How deep a plugin may recurse. Counts from the next start of the bundle.",
            min = "262144",
            max = "1073741824")
    long guest_stack_bytes() default 8L << 20;

    @AttributeDefinition(
            name = "Grace time (ms)",
            description = "How long a host call waits for a host service that is away, before it answers "
                    + "PROVIDER_UNAVAILABLE. Never longer than the deadline of the execution.",
            min = "0",
            max = "600000")
    long grace_millis() default 2_000;

    @AttributeDefinition(
            name = "Drain time (ms)",
            description =
                    "How long a host service whose bundle stops is held back until its last calls end. Calls that "
                            + "take longer are cut off and reported.",
            min = "0",
            max = "4000")
    long drain_millis() default 3_000;
}
