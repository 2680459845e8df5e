// SPDX-License-Identifier: Apache-2.0
package io.patchbay.clock.offset;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The settings of the provider {@code offset}. */
@ObjectClassDefinition(
        name = "Patchbay: offset clock",
        description = "Tells plugins the machine's time, moved forward or back. Serves only where a binding names it.")
@interface OffsetClockConfiguration {
    /** How far plugins live ahead of the machine. */
    @AttributeDefinition(
            name = "Offset",
            description = "How far plugins are told to be ahead of the machine's clock, as an ISO 8601 duration of"
                    + " days, hours, minutes and seconds: P1D, PT90M, -PT0.5S. At most 36500 days either way.")
    String offset() default "";
}
