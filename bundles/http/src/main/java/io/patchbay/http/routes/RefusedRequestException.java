// SPDX-License-Identifier: Apache-2.0
package io.patchbay.http.routes;

import java.io.Serial;

/** A request that is answered before any plugin is looked for. The message is the text that the caller sees. */
final class RefusedRequestException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    private final int status;

    /** @param status 400 to 499 */
    RefusedRequestException(int status, String message) {
        super(message, null, false, false);
        this.status = status;
    }

    int status() {
        return status;
    }
}
