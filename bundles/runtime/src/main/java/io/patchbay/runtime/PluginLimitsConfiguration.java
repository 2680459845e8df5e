// SPDX-License-Identifier: Apache-2.0
package io.patchbay.runtime;

/**
 * What the host service {@code runtime} reads of one plugin's own limits; 0 keeps the host-wide value. The form that
 * operators see, with the limits of other bundles, comes from {@code io.patchbay.wasmhost}.
 */
@interface PluginLimitsConfiguration {
    /** The plugin's id. */
    String plugin() default "";

    /** Keys for each tenant. */
    long state_quota_keys() default 0;

    /** Bytes of keys and values for each tenant. */
    long state_quota_bytes() default 0;

    /** Log lines per second, sustained. */
    int log_rate() default 0;

    /** Log lines at once, after a quiet time. */
    int log_burst() default 0;
}
