// SPDX-License-Identifier: Apache-2.0

/** The provider {@code memory} of the kind {@code state}. */
@NullMarked
package io.patchbay.state.memory;

import org.jspecify.annotations.NullMarked;
