// SPDX-License-Identifier: Apache-2.0
package io.patchbay.log.console;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The settings of the provider {@code console}. */
@ObjectClassDefinition(
        name = "Patchbay: plugin log on the console",
        description = "Prints each log entry of a plugin as one line. Needs no setting.")
@interface ConsoleLogConfiguration {
    /** Which of the process's streams takes the lines. */
    @AttributeDefinition(
            name = "Standard output",
            description =
                    "Print to standard output. Off: print to standard error, so that answers of commands stay apart.")
    boolean stdout() default false;
}
