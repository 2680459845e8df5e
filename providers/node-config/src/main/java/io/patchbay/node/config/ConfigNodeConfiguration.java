// SPDX-License-Identifier: Apache-2.0
package io.patchbay.node.config;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The settings of the provider {@code config}. */
@ObjectClassDefinition(
        name = "Patchbay: configured node name",
        description = "Tells plugins the name that is configured here.")
@interface ConfigNodeConfiguration {
    /** What the node is called. */
    @AttributeDefinition(
            name = "Name",
            description =
                    "What plugins are told as the node's name: 1 to 255 bytes of text without control characters.")
    String name() default "";
}
