// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bay;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** One binding, factory PID {@code io.patchbay.binding}, named {@code ~<kind>~<plugin>}. */
@ObjectClassDefinition(
        name = "Patchbay: binding of a provider",
        description =
                "Which provider serves a kind, for one plugin or for all. A wish: where a plugin's data is in another "
                        + "store, that store keeps serving until the data is copied or discarded.")
@interface BindingConfig {
    @AttributeDefinition(name = "Kind", description = "What is bound: log, state, clock, uuid, node, or another kind.")
    String kind() default "";

    @AttributeDefinition(
            name = "Plugin",
            description = "The id of the plugin; empty for all plugins without a binding of their own.",
            required = false)
    String plugin() default "";

    @AttributeDefinition(
            name = "Provider",
            description = "The name of the provider; empty when the filter alone decides.",
            required = false)
    String provider() default "";

    @AttributeDefinition(
            name = "Filter",
            description = "An LDAP filter over the provider's service properties, such as (zone=eu); empty for none.",
            required = false)
    String filter() default "";
}
