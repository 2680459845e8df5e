// SPDX-License-Identifier: Apache-2.0
package io.patchbay.hostservice.codec;

import io.patchbay.hostservice.HostCallException;
import java.util.Map;

/**
 * The payload of a response whose status is not 0 (contract 2.7): a JSON object with the members {@code errorCode},
 * {@code messageKey}, {@code messageParams} (left out when empty) and {@code fallback}, in this order.
 *
 * <p>What is blank gets the default of the status (contract 3.1); everything is trimmed.
 */
public final class ErrorPayload {
    private ErrorPayload() {}

    /**
     * Appends the payload of an error.
     *
     * @param error the error, not null
     * @param out takes the JSON, without tag or length, not null
     */
    public static void write(HostCallException error, FieldWriter out) {
        write(error.status(), error.errorCode(), error.messageKey(), error.messageParams(), error.fallback(), out);
    }

    /**
     * Appends the payload of an error.
     *
     * @param status the status of the response
     * @param errorCode blank for the status's default, not null
     * @param messageKey blank for the status's default, not null
     * @param messageParams in the order in which they are to be written, which is that of their names' bytes; values are
     *     {@code Integer}, {@code Long}, {@code Boolean} or texts, anything else is written as its text, not null
     * @param fallback the text for people; blank for the status's default, not null
     * @param out takes the JSON, without tag or length, not null
     */
    public static void write(
            int status,
            String errorCode,
            String messageKey,
            Map<String, ?> messageParams,
            String fallback,
            FieldWriter out) {
        Defaults defaults = Defaults.of(status);
        JsonWriter json = new JsonWriter(out).beginObject();
        json.name("errorCode").string(orElse(errorCode, defaults.errorCode));
        json.name("messageKey").string(orElse(messageKey, defaults.messageKey));
        if (!messageParams.isEmpty()) {
            json.name("messageParams").beginObject();
            messageParams.forEach((name, value) -> value(json.name(name), value));
            json.endObject();
        }
        json.name("fallback").string(orElse(fallback, defaults.fallback)).endObject();
    }

    private static void value(JsonWriter json, Object value) {
        if (value instanceof Boolean flag) {
            json.bool(flag);
        } else if (value instanceof Integer || value instanceof Long) {
            json.number(((Number) value).longValue());
        } else {
            json.string(value.toString());
        }
    }

    private static String orElse(String text, String defaultText) {
        String trimmed = RawText.trim(text);
        return trimmed.isEmpty() ? defaultText : trimmed;
    }

    /** What each status says when nothing more is known (contract 3.1). */
    private enum Defaults {
        DENIED("HOST_CALL_CAPABILITY_DENIED", "error.host_call.capability_denied", "Host call capability denied"),
        NOT_FOUND("HOST_CALL_NOT_FOUND", "error.host_call.not_found", "Host call target not found"),
        INVALID_REQUEST("HOST_CALL_INVALID_REQUEST", "error.host_call.invalid_request", "Invalid host call request"),
        INTERNAL_ERROR("HOST_CALL_INTERNAL_ERROR", "error.host_call.internal_error", "Host call failed"),
        OTHER("HOST_CALL_FAILED", "error.host_call.failed", "Host call failed");

        private final String errorCode;
        private final String messageKey;
        private final String fallback;

        Defaults(String errorCode, String messageKey, String fallback) {
            this.errorCode = errorCode;
            this.messageKey = messageKey;
            this.fallback = fallback;
        }

        private static Defaults of(int status) {
            return switch (status) {
                case HostCallException.DENIED -> DENIED;
                case HostCallException.NOT_FOUND -> NOT_FOUND;
                case HostCallException.INVALID_REQUEST -> INVALID_REQUEST;
                case HostCallException.INTERNAL_ERROR -> INTERNAL_ERROR;
                default -> OTHER;
            };
        }
    }
}
