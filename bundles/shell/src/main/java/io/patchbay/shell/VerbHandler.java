// SPDX-License-Identifier: Apache-2.0
package io.patchbay.shell;

import io.patchbay.admin.AdminException;
import io.patchbay.admin.VerbCall;
import io.patchbay.admin.VerbResult;
import io.patchbay.admin.VerbStream;

/** Carries out one row of the table of verbs, whichever front it was typed at. Thread-safe. */
@FunctionalInterface
interface VerbHandler {
    /**
     * Carries it out. What was typed fits the table.
     *
     * @throws AdminException when it was refused; nothing was changed then, unless the message says otherwise
     */
    VerbResult run(VerbCall call, VerbStream stream) throws AdminException;
}
