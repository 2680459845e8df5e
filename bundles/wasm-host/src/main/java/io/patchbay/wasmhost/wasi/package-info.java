// SPDX-License-Identifier: Apache-2.0

/**
 * WASI preview 1 for guests that own nothing: the 46 standard functions without files, sockets, environment or arguments.
 * Every length and pointer of the guest is checked before use, every loop looks at the deadline, and nothing is allocated
 * by a guest's length (DESIGN 8, contract D9, D10).
 */
@NullMarked
package io.patchbay.wasmhost.wasi;

import org.jspecify.annotations.NullMarked;
