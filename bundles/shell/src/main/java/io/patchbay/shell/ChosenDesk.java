// SPDX-License-Identifier: Apache-2.0
package io.patchbay.shell;

import io.patchbay.admin.VerbDesk;

/**
 * The desk that carries out what was typed.
 *
 * @param desk not null
 * @param whenInterrupted what becomes of a verb that takes its time when the command that waits for it is interrupted
 */
record ChosenDesk(VerbDesk desk, String whenInterrupted) {}
