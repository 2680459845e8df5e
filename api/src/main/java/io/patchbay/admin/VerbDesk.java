// SPDX-License-Identifier: Apache-2.0
package io.patchbay.admin;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Carries out the verbs of the table for every front (DESIGN 11): checks what was typed against the table, asks the service
 * that knows, and writes the answer down for people and for programs. Implemented by {@code io.patchbay.shell}.
 * Thread-safe.
 */
@ProviderType
public interface VerbDesk {
    /**
     * The verbs that it carries out; those of the command line alone are not among them.
     *
     * @return in the order of the help, unmodifiable, never null
     */
    List<Verb> verbs();

    /**
     * Carries out one verb. The caller is an operator: whether she may is the front's business.
     *
     * @param call what was typed, not null
     * @param stream takes what a verb that goes on writes, not null
     * @return the answer, never null
     * @throws AdminException when it was refused; nothing was changed then, unless the message says otherwise
     */
    VerbResult run(VerbCall call, VerbStream stream) throws AdminException;
}
