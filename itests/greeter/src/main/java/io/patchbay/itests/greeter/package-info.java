// SPDX-License-Identifier: Apache-2.0

/** A provider of the kind {@code greeting}. */
@NullMarked
package io.patchbay.itests.greeter;

import org.jspecify.annotations.NullMarked;
