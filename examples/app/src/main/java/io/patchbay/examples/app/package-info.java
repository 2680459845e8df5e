// SPDX-License-Identifier: Apache-2.0

/** An ordinary bundle that calls a plugin. */
@NullMarked
package io.patchbay.examples.app;

import org.jspecify.annotations.NullMarked;
