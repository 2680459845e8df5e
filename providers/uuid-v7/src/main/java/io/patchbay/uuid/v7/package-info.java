// SPDX-License-Identifier: Apache-2.0

/** The provider {@code v7} of the kind {@code uuid}. */
@NullMarked
package io.patchbay.uuid.v7;

import org.jspecify.annotations.NullMarked;
