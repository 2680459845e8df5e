// SPDX-License-Identifier: Apache-2.0
package io.patchbay.http;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Settings of the HTTP resource, PID {@code io.patchbay.http}. */
@ObjectClassDefinition(
        name = "Patchbay: HTTP",
        description = "The resource /patchbay/v1, through which the command line and programs reach a node.")
@interface AdminSettings {
    @AttributeDefinition(
            name = "Token",
            description = "What every request must carry. Empty: the resource is off, except where patchbay start makes"
                    + " a random one at each start.",
            type = AttributeType.PASSWORD,
            required = false)
    String admin_token() default "";

    @AttributeDefinition(
            name = "Target",
            description = "A filter that names the HTTP service that carries the resource. Empty: the one for"
                    + " administration alone where patchbay start runs it, else any.",
            required = false)
    String admin_target() default "";

    @AttributeDefinition(
            name = "Remote",
            description = "Whether others than this machine are answered. Off: a request is refused unless both ends of"
                    + " its connection are on the loopback interface and no proxy forwarded it.")
    boolean admin_remote() default false;
}
