// SPDX-License-Identifier: Apache-2.0
package io.patchbay.admin;

import java.util.List;
import java.util.Objects;

/**
 * One setting of a PID. The value of a secret never leaves the service that keeps it.
 *
 * @param key the setting's name, not null
 * @param type {@code text}, {@code integer}, {@code number}, {@code yes-no} or {@code secret}, followed by {@code []} for
 *     a list, not null
 * @param values what is set, else the default, as texts; {@code ***} in place of a secret, not null
 * @param set whether it is set, and not the default
 * @param required whether it must be set, having no default
 * @param summary what it is, one sentence; empty when no bundle describes it, not null
 */
public record SettingView(String key, String type, List<String> values, boolean set, boolean required, String summary) {
    /** Stands in place of a secret that is set. */
    public static final String HIDDEN = "***";

    /** Checks the components and copies the list. */
    public SettingView {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(summary, "summary");
        values = List.copyOf(values);
    }
}
