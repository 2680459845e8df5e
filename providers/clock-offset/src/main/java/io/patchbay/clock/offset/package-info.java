// SPDX-License-Identifier: Apache-2.0

/** The provider {@code offset} of the kind {@code clock}. */
@NullMarked
package io.patchbay.clock.offset;

import org.jspecify.annotations.NullMarked;
