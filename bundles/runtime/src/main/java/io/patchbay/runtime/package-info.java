// SPDX-License-Identifier: Apache-2.0

/**
 * The host service {@code runtime} (contract 4): ten methods over the slots log, state, clock, uuid and node, with the
 * limits and the log hygiene of DESIGN 4.
 */
@NullMarked
package io.patchbay.runtime;

import org.jspecify.annotations.NullMarked;
