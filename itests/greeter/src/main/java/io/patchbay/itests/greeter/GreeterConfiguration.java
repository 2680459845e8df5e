// SPDX-License-Identifier: Apache-2.0
package io.patchbay.itests.greeter;

/** What the provider is called; every change of it, of {@code note} too, is a restart of the component. */
@interface GreeterConfiguration {
    /** The name that bindings use. */
    String patchbay_provider() default "greeter";

    /** Says nothing: something to change. */
    String note() default "";
}
