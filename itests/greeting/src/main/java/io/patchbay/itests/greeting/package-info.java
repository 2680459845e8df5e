// SPDX-License-Identifier: Apache-2.0

/** A host service of a stranger with a kind of its own. */
@NullMarked
package io.patchbay.itests.greeting;

import org.jspecify.annotations.NullMarked;
