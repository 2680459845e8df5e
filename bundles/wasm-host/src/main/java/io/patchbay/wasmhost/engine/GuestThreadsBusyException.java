// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wasmhost.engine;

import java.io.Serial;

/** All guest threads are taken, or they are being stopped. */
public final class GuestThreadsBusyException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    GuestThreadsBusyException(String message) {
        super(message);
    }
}
