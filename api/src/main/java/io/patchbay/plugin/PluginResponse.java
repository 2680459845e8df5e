// SPDX-License-Identifier: Apache-2.0
package io.patchbay.plugin;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a plugin answered (contract 2.9), decoded and otherwise as the guest sent it: bytes of an untrusted guest.
 *
 * @param statusCode as sent; 0 and below are served as 200 (contract 1.8)
 * @param contentType empty when the plugin named none, not null
 * @param headers in the order of their names' bytes, each with its values in order, unmodifiable, not null
 * @param body not null
 * @param failure the failure that the plugin reported, if any
 */
@SuppressWarnings("ArrayRecordComponent") // a body on its way; nothing compares it
public record PluginResponse(
        int statusCode, String contentType, Map<String, List<String>> headers, byte[] body, Optional<Failure> failure) {
    /** Checks the components and copies the headers. */
    public PluginResponse {
        Objects.requireNonNull(contentType, "contentType");
        Objects.requireNonNull(body, "body");
        Objects.requireNonNull(failure, "failure");
        Map<String, List<String>> copy = new LinkedHashMap<>();
        headers.forEach((name, values) -> copy.put(name, List.copyOf(values)));
        headers = Collections.unmodifiableMap(copy);
    }

    /**
     * A failure that the plugin reported.
     *
     * @param code such as {@code NOT_FOUND}, not null
     * @param message for people, not null
     */
    public record Failure(String code, String message) {
        /** Checks the components. */
        public Failure {
            Objects.requireNonNull(code, "code");
            Objects.requireNonNull(message, "message");
        }
    }

    /**
     * The status as an HTTP caller sees it.
     *
     * @return {@link #statusCode()}, or 200 when that is 0 or below (contract 1.8)
     */
    public int httpStatus() {
        return statusCode <= 0 ? 200 : statusCode;
    }
}
