// SPDX-License-Identifier: Apache-2.0
package io.patchbay.uuid.sequence;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The settings of the provider {@code sequence}. */
@ObjectClassDefinition(
        name = "Patchbay: counted identifiers",
        description = "Gives plugins identifiers that count up and begin again at every start, for repeatable runs."
                + " Serves only where a binding names it.")
@interface SequenceUuidConfiguration {
    /** What stands before the number. */
    @AttributeDefinition(
            name = "Prefix",
            description = "What stands before the number: at most 200 letters, digits, dots, dashes and underscores.",
            required = false)
    String prefix() default "";

    /** The first number. */
    @AttributeDefinition(
            name = "First number",
            description =
                    "The number of the first identifier, 0 to 999999999999999999. Numbers are written with 19 digits,"
                            + " so that identifiers sort as they were given.")
    long first() default 1;
}
