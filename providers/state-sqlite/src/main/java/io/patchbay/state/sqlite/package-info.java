// SPDX-License-Identifier: Apache-2.0

/** The provider {@code sqlite} of the kind {@code state}: one file, one owner, group commit. */
@NullMarked
package io.patchbay.state.sqlite;

import org.jspecify.annotations.NullMarked;
