// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wire;

import io.patchbay.hostservice.codec.FieldReader;
import io.patchbay.hostservice.codec.FieldWriter;
import io.patchbay.hostservice.codec.MalformedMessageException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * The request of {@code log.write} (contract 2.5).
 *
 * @param level any number
 * @param message not null
 * @param fields not null
 */
public record LogRequest(int level, String message, Map<String, String> fields) {
    /** Checks the components. */
    public LogRequest {
        Objects.requireNonNull(message, "message");
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /** Reads the message to the end of the reader's window. */
    public static LogRequest decode(FieldReader in) throws MalformedMessageException {
        int level = 0;
        String message = "";
        Map<String, String> fields = new LinkedHashMap<>();
        for (int field; (field = in.nextField("failed to decode host call log request tag")) != 0; ) {
            switch (field) {
                case 1 -> level = in.readInt32("failed to decode host call log level");
                case 2 -> message = in.readString("failed to decode host call log message");
                case 3 -> in.readEntry(fields, "failed to decode host call log fields");
                default -> in.skip("failed to skip unknown host call log field");
            }
        }
        return new LogRequest(level, message, fields);
    }

    /** Writes the message. */
    public void encode(FieldWriter out) {
        out.int32(1, level).trimmed(2, message).map(3, fields);
    }
}
