// SPDX-License-Identifier: Apache-2.0

/**
 * The SPI of the kind {@code clock}: what time a plugin is told.
 */
@Export
@Version("1.0.0")
@NullMarked
package io.patchbay.provider.clock;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
