// SPDX-License-Identifier: Apache-2.0
package io.patchbay.runtime;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** What the host service {@code runtime} reads of one plugin's own limits. */
@ObjectClassDefinition(
        name = "Patchbay: limits of one plugin",
        description =
                "State quota and log rate of one plugin, up to the host-wide ceilings. 0 keeps the host-wide value.")
@interface PluginLimitsConfiguration {
    /** The plugin. */
    @AttributeDefinition(name = "Plugin", description = "The plugin's id.")
    String plugin() default "";

    /** Quota. */
    @AttributeDefinition(name = "State quota: keys", description = "Keys for each tenant.", min = "0")
    long state_quota_keys() default 0;

    /** Quota. */
    @AttributeDefinition(
            name = "State quota: bytes",
            description = "Bytes of keys and values for each tenant.",
            min = "0")
    long state_quota_bytes() default 0;

    /** Rate. */
    @AttributeDefinition(name = "Log lines per second", description = "Sustained.", min = "0")
    int log_rate() default 0;

    /** Burst. */
    @AttributeDefinition(name = "Log lines at once", description = "After a quiet time.", min = "0")
    int log_burst() default 0;
}
