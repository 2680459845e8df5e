// SPDX-License-Identifier: Apache-2.0
package io.patchbay.log.file;

import io.patchbay.hostservice.codec.FieldWriter;
import io.patchbay.hostservice.codec.JsonWriter;
import io.patchbay.provider.log.LogEntry;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;

/**
 * The line for one entry: a JSON object in UTF-8 and a line feed. Members are {@code time} (RFC 3339, UTC, milliseconds),
 * {@code level}, {@code plugin}, {@code tenant} (a number), {@code execution}, {@code node}, {@code message} and, when
 * there are any, {@code fields} (an object of texts).
 */
final class JsonLine {
    private static final DateTimeFormatter TIME =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();
    private static final byte[] LINE_FEED = {(byte) 10};

    private JsonLine() {}

    /** Appends the line of an entry. */
    static void write(LogEntry entry, FieldWriter out) {
        JsonWriter json = new JsonWriter(out)
                .beginObject()
                .name("time")
                .string(TIME.format(entry.time()))
                .name("level")
                .string(entry.level().word())
                .name("plugin")
                .string(entry.pluginId())
                .name("tenant")
                .number(entry.tenantId())
                .name("execution")
                .string(entry.executionId())
                .name("node")
                .string(entry.node())
                .name("message")
                .string(entry.message());
        if (!entry.fields().isEmpty()) {
            json.name("fields").beginObject();
            entry.fields().forEach((name, value) -> json.name(name).string(value));
            json.endObject();
        }
        json.endObject();
        out.raw(LINE_FEED, 0, LINE_FEED.length);
    }

    /** Appends the line that stands where entries are missing. */
    static void writeGap(long dropped, Instant now, FieldWriter out) {
        new JsonWriter(out)
                .beginObject()
                .name("time")
                .string(TIME.format(now))
                .name("level")
                .string("warning")
                .name("dropped")
                .number(dropped)
                .name("message")
                .string(dropped + " entries were dropped before this line: the queue was full")
                .endObject();
        out.raw(LINE_FEED, 0, LINE_FEED.length);
    }
}
