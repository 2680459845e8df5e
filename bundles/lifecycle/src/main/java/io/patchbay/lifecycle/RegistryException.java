// SPDX-License-Identifier: Apache-2.0
package io.patchbay.lifecycle;

import java.io.Serial;

/** The registry cannot be opened, read or written. The message is for an operator: what, where, what to do. */
final class RegistryException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    RegistryException(String message) {
        super(message);
    }

    RegistryException(String message, Throwable cause) {
        super(message, cause);
    }
}
