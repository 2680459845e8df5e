// SPDX-License-Identifier: Apache-2.0
package io.patchbay.shell;

import java.io.Serial;

/** What was typed does not make sense; exit code 2. The message says what, and what to type instead. */
final class UsageException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message);
    }
}
