// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wasmhost.wasi;

import java.io.Serial;

/** Ends an execution that made more WASI calls than it may (DESIGN 4). */
public final class WasiCallLimitException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    WasiCallLimitException(long limit) {
        super("the execution made more than " + limit + " WASI calls", null, false, false);
    }
}
