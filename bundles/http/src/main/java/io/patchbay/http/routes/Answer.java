// SPDX-License-Identifier: Apache-2.0
package io.patchbay.http.routes;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.patchbay.plugin.PluginCallException;
import java.util.ArrayList;
import java.util.List;

/**
 * An answer as it goes to a client.
 *
 * @param status 200 to 599
 * @param contentType as a server writes it; empty for none
 * @param headers those that are added, each value for itself
 * @param body sent as it is, unless the method or the status forbids one
 */
@SuppressWarnings("ArrayRecordComponent") // bytes on their way; nothing compares them
record Answer(int status, String contentType, List<Header> headers, byte[] body) {
    private static final String TEXT = "text/plain; charset=utf-8";
    private static final int UNAUTHORIZED = 401;
    private static final int UNAVAILABLE = 503;

    /** One header line, in characters that each stand for a byte. */
    record Header(String name, String value) {}

    Answer {
        headers = List.copyOf(headers);
    }

    /** A failure in the form of contract 1.8: its text alone, as plain text. */
    static Answer failure(int status, String text) {
        List<Header> headers = switch (status) {
            case UNAUTHORIZED -> List.of(new Header("WWW-Authenticate", "Bearer"));
            case UNAVAILABLE -> List.of(new Header("Retry-After", "1"));
            default -> List.of();
        };
        return new Answer(status, TEXT, headers, text.getBytes(UTF_8));
    }

    static Answer of(PluginCallException failure) {
        return failure(failure.reason().httpStatus(), String.valueOf(failure.getMessage()));
    }

    /** The answer to a request whose body is not read: what is still on its way must not be taken for the next request. */
    Answer closing() {
        List<Header> more = new ArrayList<>(headers);
        more.add(new Header("Connection", "close"));
        return new Answer(status, contentType, more, body);
    }

    /** Whether a body may follow the head (RFC 9110, 6.4.1 and 9.3.2). */
    boolean mayHaveBody(String method) {
        return !method.equals("HEAD") && status != 204 && status != 205 && status != 304;
    }
}
