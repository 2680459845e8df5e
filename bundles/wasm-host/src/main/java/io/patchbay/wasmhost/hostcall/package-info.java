// SPDX-License-Identifier: Apache-2.0

/**
 * The host call: from a guest's request to the bound method of a grant and back, and the tracking of host services behind
 * it. Checks and answers are those of contract 1.4 and 3; the walk is DESIGN 3.
 */
@NullMarked
package io.patchbay.wasmhost.hostcall;

import org.jspecify.annotations.NullMarked;
