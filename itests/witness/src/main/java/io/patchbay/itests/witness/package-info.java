// SPDX-License-Identifier: Apache-2.0

/** Providers that bear witness against the patch bay, and a poor patch bay for them to convict. */
@NullMarked
package io.patchbay.itests.witness;

import org.jspecify.annotations.NullMarked;
