// SPDX-License-Identifier: Apache-2.0

/** The provider {@code guid} of the kind {@code uuid}. */
@NullMarked
package io.patchbay.uuid.guid;

import org.jspecify.annotations.NullMarked;
