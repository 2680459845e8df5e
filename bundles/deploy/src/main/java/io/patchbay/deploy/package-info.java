// SPDX-License-Identifier: Apache-2.0

/** Two ways in for plugins (DESIGN 7): a watched directory, and bundles that carry one. */
@NullMarked
package io.patchbay.deploy;

import org.jspecify.annotations.NullMarked;
