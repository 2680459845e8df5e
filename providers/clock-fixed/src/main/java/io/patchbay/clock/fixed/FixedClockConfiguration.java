// SPDX-License-Identifier: Apache-2.0
package io.patchbay.clock.fixed;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The settings of the provider {@code fixed}. */
@ObjectClassDefinition(
        name = "Patchbay: fixed clock",
        description = "Tells plugins one and the same time, for repeatable runs. Serves only where a binding names it.")
@interface FixedClockConfiguration {
    /** The time that plugins are told. */
    @AttributeDefinition(
            name = "Time",
            description = "The time that plugins are told, with its offset from UTC: 2026-01-02T03:04:05Z or"
                    + " 2026-01-02T03:04:05.678+02:00.")
    String time() default "";
}
