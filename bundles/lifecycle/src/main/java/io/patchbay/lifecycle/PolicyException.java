// SPDX-License-Identifier: Apache-2.0
package io.patchbay.lifecycle;

import java.io.Serial;

/** The policy file cannot be used, and grants nothing. The message is for an operator: where, what, what to do. */
final class PolicyException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    PolicyException(String message) {
        super(message);
    }
}
