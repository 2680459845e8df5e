// SPDX-License-Identifier: Apache-2.0

/** A way into a framework that runs in another process. */
@NullMarked
package io.patchbay.itests.door;

import org.jspecify.annotations.NullMarked;
