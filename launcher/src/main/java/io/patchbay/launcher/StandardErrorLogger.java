// SPDX-License-Identifier: Apache-2.0
package io.patchbay.launcher;

import java.io.PrintStream;
import org.apache.felix.framework.Logger;
import org.jspecify.annotations.Nullable;

/** Sends what the framework itself has to say to standard error; by default it writes to standard output. */
final class StandardErrorLogger extends Logger {
    private final PrintStream err;

    StandardErrorLogger(PrintStream err) {
        this.err = err;
        setLogLevel(LOG_ERROR);
    }

    @Override
    protected void doLog(int level, String message, @Nullable Throwable cause) {
        err.println("patchbay: framework: " + message + (cause == null ? "" : ": " + cause));
    }
}
