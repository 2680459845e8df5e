// SPDX-License-Identifier: Apache-2.0

/** The provider {@code console} of the kind {@code log}. */
@NullMarked
package io.patchbay.log.console;

import org.jspecify.annotations.NullMarked;
