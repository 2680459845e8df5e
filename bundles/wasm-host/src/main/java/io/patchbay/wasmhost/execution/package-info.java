// SPDX-License-Identifier: Apache-2.0

/**
 * Executions: from a release on disk to the answer of its guest. The walk and the words of its failures are those of
 * contract 1.3; limits are those of DESIGN 4.
 */
@NullMarked
package io.patchbay.wasmhost.execution;

import org.jspecify.annotations.NullMarked;
