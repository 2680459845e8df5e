// SPDX-License-Identifier: Apache-2.0

/** The provider {@code system} of the kind {@code clock}. */
@NullMarked
package io.patchbay.clock.system;

import org.jspecify.annotations.NullMarked;
