// SPDX-License-Identifier: Apache-2.0
package io.patchbay.deploy;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Settings of this bundle, PID {@code io.patchbay.deploy}. */
@ObjectClassDefinition(
        name = "Patchbay: ways in",
        description =
                "The directory from which plugins are installed by putting a file there, and how long a bundle that"
                        + " carries a plugin may be stopped before that is not served any more.")
@interface DeploySettings {
    /** Whether the directory is watched. */
    @AttributeDefinition(
            name = "Watch",
            description = "Whether the directory is watched. Off: what it brought stays as it is.")
    boolean watch() default true;

    /** The directory. */
    @AttributeDefinition(
            name = "Directory",
            description =
                    "Path of the watched directory: packed artifacts, zips and folders in it are installed, a file"
                            + " that goes switches its plugin off. Empty: plugins in the data folder.",
            required = false)
    String directory() default "";

    /** How often it is looked at. */
    @AttributeDefinition(
            name = "Scan (ms)",
            description = "How long after one look at the directory the next one is taken.",
            min = "10",
            max = "3600000")
    long scan_millis() default 1_000;

    /** How long a file must stay the same. */
    @AttributeDefinition(
            name = "Settle (ms)",
            description =
                    "How long a file must have stayed the same, or away, before anything is done about it; and how"
                            + " long a bundle that carries a plugin must be stopped or gone. Longer than the longest pause in a"
                            + " copy to the directory.",
            min = "0",
            max = "3600000")
    long settle_millis() default 2_000;
}
