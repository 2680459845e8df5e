// SPDX-License-Identifier: Apache-2.0

/** The provider {@code config} of the kind {@code node}. */
@NullMarked
package io.patchbay.node.config;

import org.jspecify.annotations.NullMarked;
