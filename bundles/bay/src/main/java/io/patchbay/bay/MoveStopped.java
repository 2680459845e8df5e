// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bay;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A move cannot go on; the source owns the data as before. The message is for an operator. */
final class MoveStopped extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String why;

    MoveStopped(String why) {
        this(why, null);
    }

    MoveStopped(String why, @Nullable Throwable cause) {
        super(why, cause);
        this.why = why;
    }

    String why() {
        return why;
    }
}
