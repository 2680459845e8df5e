// SPDX-License-Identifier: Apache-2.0

/** The provider {@code v4} of the kind {@code uuid}. */
@NullMarked
package io.patchbay.uuid.v4;

import org.jspecify.annotations.NullMarked;
