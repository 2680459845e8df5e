// SPDX-License-Identifier: Apache-2.0
package io.patchbay.lifecycle;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The settings of this bundle. */
@ObjectClassDefinition(
        name = "Patchbay: life of plugins",
        description =
                "Where this node keeps plugins and what they store, and how long it holds calls while a part of it"
                        + " is replaced.")
@interface LifecycleSettings {
    /** The data folder. */
    @AttributeDefinition(
            name = "Data folder",
            description = "Path of the folder in which this node keeps everything. The framework property patchbay.data"
                    + " goes before it. Empty: patchbay-data in the working directory. A change restarts all plugins.")
    String data() default "";

    /** The grace time. */
    @AttributeDefinition(
            name = "Grace (ms)",
            description = "How long a call waits while the plugin engine is replaced, before it is answered"
                    + " \"restarting\".",
            min = "0",
            max = "60000")
    long grace_millis() default 2_000;

    /** How much of the audit trail is kept. */
    @AttributeDefinition(
            name = "Audit files",
            description =
                    "How many files of the audit trail are kept, of 8 MiB each; the oldest goes when another one is"
                            + " begun.",
            min = "2",
            max = "100000")
    int audit_files() default 64;
}
