// SPDX-License-Identifier: Apache-2.0

/** The provider {@code file} of the kind {@code log}. */
@NullMarked
package io.patchbay.log.file;

import org.jspecify.annotations.NullMarked;
