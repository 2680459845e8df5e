// SPDX-License-Identifier: Apache-2.0
package io.patchbay.runtime;

/** What the host bounds in front of the providers; each is counted when it is reached (DESIGN 4). */
enum Limit {
    STATE_KEY("state_key_bytes"),
    STATE_VALUE("state_value_bytes"),
    BATCH_KEYS("state_batch_keys"),
    BATCH_BYTES("state_batch_bytes"),
    QUOTA_KEYS("state_quota_keys"),
    QUOTA_BYTES("state_quota_bytes"),
    LOG_RATE("log_rate"),
    LOG_MESSAGE("log_message_bytes"),
    LOG_FIELDS("log_fields"),
    LOG_FIELD_NAME("log_field_name"),
    LOG_VALUE("log_value_bytes");

    private final String label;

    Limit(String label) {
        this.label = label;
    }

    /** The label of the metric. */
    String label() {
        return label;
    }
}
