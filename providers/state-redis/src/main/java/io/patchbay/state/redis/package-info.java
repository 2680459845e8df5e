// SPDX-License-Identifier: Apache-2.0

/** The provider {@code redis} of the kind {@code state}: a Redis server that several nodes may share. */
@NullMarked
package io.patchbay.state.redis;

import org.jspecify.annotations.NullMarked;
