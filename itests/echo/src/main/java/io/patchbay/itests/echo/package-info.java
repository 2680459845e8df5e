// SPDX-License-Identifier: Apache-2.0

/** A host service of a stranger. */
@NullMarked
package io.patchbay.itests.echo;

import org.jspecify.annotations.NullMarked;
