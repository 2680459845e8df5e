// SPDX-License-Identifier: Apache-2.0

/**
 * Everything an operator can do or ask: one service per concern, the records they return, the topics of the events, the
 * metrics, and the table of verbs that every front (command line, shell, HTTP) offers.
 */
@Export
@Version("1.1.0")
@NullMarked
package io.patchbay.admin;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
