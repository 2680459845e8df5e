// SPDX-License-Identifier: Apache-2.0

/** A store that several provider bundles can work on; each has its own copy of this package. */
@NullMarked
package io.patchbay.itests.probe.store;

import org.jspecify.annotations.NullMarked;
