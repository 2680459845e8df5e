// SPDX-License-Identifier: Apache-2.0
package io.patchbay.provider.log;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * One entry that a plugin wrote, after the host's log hygiene (DESIGN 4.1): sizes are bounded, control characters and
 * line breaks are escaped, values of secret fields are {@code ***}. Everything but message and fields is set by the
 * host, never by the guest.
 *
 * @param time when the host took the entry, not null
 * @param level the severity, not null
 * @param pluginId who wrote it, not null
 * @param tenantId the tenant of the execution, 0 for the platform
 * @param executionId the execution, unique on this node; empty for entries that the host adds about a plugin, not null
 * @param node the node's name, or empty when none is known, not null
 * @param message trimmed, at most 8 KiB of UTF-8 plus the mark of a cut, not null
 * @param fields at most 32, iterated in UTF-8 byte order of their names, unmodifiable, not null
 */
public record LogEntry(
        Instant time,
        LogLevel level,
        String pluginId,
        int tenantId,
        String executionId,
        String node,
        String message,
        Map<String, String> fields) {

    /** Checks the components and copies the fields, keeping their order. */
    public LogEntry {
        Objects.requireNonNull(time, "time");
        Objects.requireNonNull(level, "level");
        Objects.requireNonNull(pluginId, "pluginId");
        Objects.requireNonNull(executionId, "executionId");
        Objects.requireNonNull(node, "node");
        Objects.requireNonNull(message, "message");
        fields = fields.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /**
     * The one-line text of contract 4.1: {@code [plugin:<id>] <message>} and, with fields, one space and the
     * {@code k=v} pairs joined by one space.
     *
     * @return the text without time and level
     */
    public String text() {
        StringBuilder text =
                new StringBuilder("[plugin:").append(pluginId).append("] ").append(message);
        fields.forEach(
                (name, value) -> text.append(' ').append(name).append('=').append(value));
        return text.toString();
    }
}
