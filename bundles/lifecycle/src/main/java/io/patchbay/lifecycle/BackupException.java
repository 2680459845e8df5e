// SPDX-License-Identifier: Apache-2.0
package io.patchbay.lifecycle;

import java.io.Serial;

/** A file is no backup that can be restored. The message says why, and goes on from the name of the file. */
final class BackupException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    BackupException(String message) {
        super(message);
    }
}
