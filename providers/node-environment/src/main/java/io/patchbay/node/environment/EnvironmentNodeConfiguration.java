// SPDX-License-Identifier: Apache-2.0
package io.patchbay.node.environment;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The settings of the provider {@code environment}. */
@ObjectClassDefinition(
        name = "Patchbay: node name from the environment",
        description = "Tells plugins the value of an environment variable as the node's name.")
@interface EnvironmentNodeConfiguration {
    /** Which variable holds the name. */
    @AttributeDefinition(
            name = "Variable",
            description = "The environment variable of this process that holds the node's name, such as POD_NAME. Its"
                    + " value is shown to plugins: never name one that holds a secret.")
    String variable() default "";
}
