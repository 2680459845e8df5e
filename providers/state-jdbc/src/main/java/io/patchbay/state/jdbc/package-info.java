// SPDX-License-Identifier: Apache-2.0

/** The provider {@code jdbc} of the kind {@code state}: a database that several nodes may share. */
@NullMarked
package io.patchbay.state.jdbc;

import org.jspecify.annotations.NullMarked;
