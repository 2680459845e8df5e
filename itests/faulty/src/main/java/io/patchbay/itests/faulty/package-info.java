// SPDX-License-Identifier: Apache-2.0

/** Providers of a stranger, each with another fault. */
@NullMarked
package io.patchbay.itests.faulty;

import org.jspecify.annotations.NullMarked;
