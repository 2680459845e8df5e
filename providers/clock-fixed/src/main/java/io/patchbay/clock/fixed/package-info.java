// SPDX-License-Identifier: Apache-2.0

/** The provider {@code fixed} of the kind {@code clock}. */
@NullMarked
package io.patchbay.clock.fixed;

import org.jspecify.annotations.NullMarked;
