// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wire;

import io.patchbay.hostservice.HostCallException;
import io.patchbay.hostservice.codec.ErrorPayload;
import io.patchbay.hostservice.codec.FieldWriter;

/** Turns what a writer holds into the response of a host call (contract 2.3), in place. */
public final class ResponseEnvelope {
    private ResponseEnvelope() {}

    /** Makes the payload in the writer a success; nothing written stays zero bytes, which is the empty success. */
    public static void success(FieldWriter out) {
        out.wrap(2);
    }

    /** Replaces what is in the writer by an error. */
    public static void error(FieldWriter out, HostCallException error) {
        out.reset();
        ErrorPayload.write(error, out);
        out.wrap(2).prependInt64(1, error.status());
    }
}
