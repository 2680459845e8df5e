// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bay;

import org.jspecify.annotations.Nullable;

/** The host's log, as far as the patch bay writes to it. Called from any thread. */
interface IncidentLog {
    /** A call that failed; the guest is told the incident's id and nothing else (contract D14). */
    void incident(String id, String text, @Nullable Throwable cause);

    /** Something that an operator should look at. */
    void warning(String text, @Nullable Throwable cause);
}
