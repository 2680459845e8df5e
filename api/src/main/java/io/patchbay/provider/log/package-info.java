// SPDX-License-Identifier: Apache-2.0

/**
 * The SPI of the kind {@code log}: where the entries that plugins write go.
 */
@Export
@Version("1.0.0")
@NullMarked
package io.patchbay.provider.log;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
