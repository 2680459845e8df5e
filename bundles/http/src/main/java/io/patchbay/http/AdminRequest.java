// SPDX-License-Identifier: Apache-2.0
package io.patchbay.http;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One request for the resource of the verbs, without anything of the server that took it.
 *
 * @param method as sent, such as {@code GET}
 * @param path below the resource, without a slash at its ends, decoded
 * @param query the parameters of the query, decoded; empty when parameters may also be in the body
 * @param authorization the header of that name
 * @param contentType the header of that name
 * @param actor who says to be asking, from the header {@code Patchbay-Actor}
 * @param isLocal whether both ends of the connection are on the loopback interface and nobody forwarded the request
 * @param body reads the body; only whoever has the token has it read
 */
record AdminRequest(
        String method,
        String path,
        Map<String, List<String>> query,
        Optional<String> authorization,
        Optional<String> contentType,
        Optional<String> actor,
        boolean isLocal,
        Body body) {

    /** The body of a request, read when it is wanted. */
    @FunctionalInterface
    interface Body {
        /**
         * Reads it, at most one byte more than the limit; none of it when it is announced to be longer.
         *
         * @param target takes the bytes
         * @param limit the most bytes that are wanted, not negative
         * @param time how long it may take to arrive
         * @return how many bytes were read; some number above the limit when there are more
         * @throws SlowBodyException when it does not arrive in time
         * @throws IOException when it breaks off, or the target does not take it
         */
        long transferTo(OutputStream target, long limit, Duration time) throws IOException;
    }

    /** A body that does not arrive in time. */
    static final class SlowBodyException extends IOException {
        private static final long serialVersionUID = 1L;
    }
}
