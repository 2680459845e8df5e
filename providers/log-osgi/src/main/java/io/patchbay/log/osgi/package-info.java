// SPDX-License-Identifier: Apache-2.0

/** The provider {@code osgi} of the kind {@code log}. */
@NullMarked
package io.patchbay.log.osgi;

import org.jspecify.annotations.NullMarked;
