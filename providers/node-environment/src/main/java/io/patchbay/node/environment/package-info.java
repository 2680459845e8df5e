// SPDX-License-Identifier: Apache-2.0

/** The provider {@code environment} of the kind {@code node}. */
@NullMarked
package io.patchbay.node.environment;

import org.jspecify.annotations.NullMarked;
