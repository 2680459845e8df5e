// SPDX-License-Identifier: Apache-2.0
package io.patchbay.shell;

import io.patchbay.admin.AdminException;
import io.patchbay.admin.Verb;

/** What one verb does on the command line. */
interface Command {
    /** The row of the table that it carries out. */
    Verb verb();

    /**
     * Carries it out.
     *
     * @return the exit code
     */
    int run(Arguments arguments) throws AdminException, UsageException;
}
