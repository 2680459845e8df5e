// SPDX-License-Identifier: Apache-2.0
package io.patchbay.launcher;

/** Says in words for the user what is wrong with a command line. */
final class UsageException extends Exception {
    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message);
    }
}
