// SPDX-License-Identifier: Apache-2.0
package io.patchbay.itests.witness;

/** What a provider of this bundle is called; every change of it, of {@code note} too, is a restart of the component. */
@interface WitnessConfiguration {
    /** The name that bindings use. */
    String patchbay_provider() default "witness";

    /** Says nothing: something to change. */
    String note() default "";
}
