// SPDX-License-Identifier: Apache-2.0
package io.patchbay.state.sqlite;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** The settings of the provider {@code sqlite}. A change closes the file and opens it again; calls wait meanwhile. */
@ObjectClassDefinition(
        name = "Patchbay: plugin state in SQLite",
        description = "Keeps the state of plugins in one file below the node's data folder.")
@interface SqliteStateConfiguration {
    /** What an acknowledged write survives. */
    @AttributeDefinition(
            name = "Durability",
            description =
                    "What an acknowledged write survives. Power: a power cut; each group of writes is synced to the"
                            + " disk before it is acknowledged. Process: a crash or kill of the process only; many times faster.",
            options = {
                @Option(label = "Power cut", value = "power"),
                @Option(label = "Crash of the process", value = "process")
            })
    String durability() default "power";

    /** How much of the state is kept in memory for reading. */
    @AttributeDefinition(
            name = "Cache size",
            description = "How many bytes of keys and values are kept in memory, so that reading them needs no file"
                    + " access. 0 switches the cache off.")
    long cache_bytes() default 16L * 1024 * 1024;
}
