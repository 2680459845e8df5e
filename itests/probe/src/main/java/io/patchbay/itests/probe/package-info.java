// SPDX-License-Identifier: Apache-2.0

/** Does inside the framework what the tests ask for. */
@NullMarked
package io.patchbay.itests.probe;

import org.jspecify.annotations.NullMarked;
