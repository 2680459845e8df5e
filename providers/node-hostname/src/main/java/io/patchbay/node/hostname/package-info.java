// SPDX-License-Identifier: Apache-2.0

/** The provider {@code hostname} of the kind {@code node}. */
@NullMarked
package io.patchbay.node.hostname;

import org.jspecify.annotations.NullMarked;
