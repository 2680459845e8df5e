// SPDX-License-Identifier: Apache-2.0

/** The fronts over the table of verbs; here the command line. Holds no logic of its own: all is behind the admin API. */
@NullMarked
package io.patchbay.shell;

import org.jspecify.annotations.NullMarked;
