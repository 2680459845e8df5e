// SPDX-License-Identifier: Apache-2.0
package io.patchbay.hostservice;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.service.component.annotations.ComponentPropertyType;

/** The service property of a {@link HostService}: the one annotation that its author writes beside {@code @Component}. */
@ComponentPropertyType
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface PatchbayHostService {
    /** Prefix of the property name. */
    String PREFIX_ = "patchbay.";

    /**
     * The name of the host service, the same as in its descriptor.
     *
     * @return lower-case, without white space
     */
    String host_service();
}
