// SPDX-License-Identifier: Apache-2.0
package io.patchbay.admin;

import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * One value of a counter or gauge.
 *
 * @param name {@code patchbay_...}, lower-case with underscores, the unit at its end, {@code _total} for counters, not null
 * @param help one sentence, not null
 * @param labels sorted by name, not null
 * @param value the value now
 */
public record Metric(String name, String help, Map<String, String> labels, double value) {
    /** Checks the components and copies the labels. */
    public Metric {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(help, "help");
        labels = Collections.unmodifiableMap(new TreeMap<>(labels));
    }
}
