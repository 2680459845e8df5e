// SPDX-License-Identifier: Apache-2.0

/** Providers of a stranger, one of each kind. */
@NullMarked
package io.patchbay.itests.provider;

import org.jspecify.annotations.NullMarked;
