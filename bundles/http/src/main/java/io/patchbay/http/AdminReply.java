// SPDX-License-Identifier: Apache-2.0
package io.patchbay.http;

import java.util.Map;

/** Takes the answer to one request: first how it ends, then its lines. */
interface AdminReply {
    /** Begins the answer; called once. */
    void begin(int status, Map<String, String> headers);

    /**
     * Sends one line; an empty one only shows whether the reader is still there.
     *
     * @return false when nobody reads any more
     */
    boolean line(String json);
}
