// SPDX-License-Identifier: Apache-2.0

/** The provider {@code sequence} of the kind {@code uuid}. */
@NullMarked
package io.patchbay.uuid.sequence;

import org.jspecify.annotations.NullMarked;
