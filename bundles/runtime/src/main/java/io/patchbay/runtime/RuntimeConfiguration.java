// SPDX-License-Identifier: Apache-2.0
package io.patchbay.runtime;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The host-wide settings of the host service {@code runtime}. */
@ObjectClassDefinition(
        name = "Patchbay: limits of state and log",
        description =
                "What each plugin may store and log. A plugin's own limits (Patchbay: limits of one plugin) replace"
                        + " the quota and the log rate, up to the ceilings. A change applies to the next call.")
@interface RuntimeConfiguration {
    /** Limit on a key. */
    @AttributeDefinition(
            name = "Longest state key",
            description = "Bytes of UTF-8, 1 to 255. A longer key is refused.",
            min = "1",
            max = "255")
    int state_key_bytes() default 255;

    /** Limit on a value. */
    @AttributeDefinition(
            name = "Longest state value",
            description = "Bytes of UTF-8, 0 to 1048576. A longer value is refused.",
            min = "0",
            max = "1048576")
    int state_value_bytes() default 1_048_576;

    /** Limit on the keys of a batch. */
    @AttributeDefinition(
            name = "Keys of a state batch",
            description = "The most keys that one get_many, set_many or delete_many may name, 1 to 100.",
            min = "1",
            max = "100")
    int state_batch_keys() default 100;

    /** Limit on the values of a batch. */
    @AttributeDefinition(
            name = "Values of a state batch",
            description = "The most bytes of values that one batch may carry, in either direction, 0 to 1048576.",
            min = "0",
            max = "1048576")
    int state_batch_bytes() default 1_048_576;

    /** Quota. */
    @AttributeDefinition(
            name = "State quota: keys",
            description = "The most keys that one plugin may keep for one tenant.",
            min = "1")
    long state_quota_keys() default 10_000;

    /** Quota. */
    @AttributeDefinition(
            name = "State quota: bytes",
            description = "The most bytes of keys and values that one plugin may keep for one tenant.",
            min = "1")
    long state_quota_bytes() default 16L << 20;

    /** Ceiling. */
    @AttributeDefinition(
            name = "State quota: highest number of keys",
            description = "A plugin's own limits cannot go beyond this.",
            min = "1")
    long state_quota_keys_ceiling() default 1_000_000;

    /** Ceiling. */
    @AttributeDefinition(
            name = "State quota: highest number of bytes",
            description = "A plugin's own limits cannot go beyond this.",
            min = "1")
    long state_quota_bytes_ceiling() default 1L << 30;

    /** Rate. */
    @AttributeDefinition(
            name = "Log lines per second",
            description = "How many lines a plugin may log per second for long. Lines beyond are dropped, counted, and"
                    + " summed up in one line when the flood ends.",
            min = "1",
            max = "1000000")
    int log_rate() default 200;

    /** Burst. */
    @AttributeDefinition(
            name = "Log lines at once",
            description = "How many lines a plugin may log at once after a quiet time.",
            min = "1",
            max = "1000000")
    int log_burst() default 1_000;

    /** Ceiling. */
    @AttributeDefinition(
            name = "Highest number of log lines per second",
            description = "A plugin's own limits cannot go beyond this.",
            min = "1",
            max = "1000000")
    int log_rate_ceiling() default 10_000;

    /** Ceiling. */
    @AttributeDefinition(
            name = "Highest number of log lines at once",
            description = "A plugin's own limits cannot go beyond this.",
            min = "1",
            max = "1000000")
    int log_burst_ceiling() default 100_000;

    /** Secret names. */
    @AttributeDefinition(
            name = "Names of secret log fields",
            description = "The value of a log field whose name contains one of these words is replaced by ***. Case,"
                    + " dashes, dots and underscores do not count.")
    String[] log_secret_names() default {
        "password", "passwd", "secret", "token", "api-key", "authorization", "cookie", "credential", "private-key"
    };
}
