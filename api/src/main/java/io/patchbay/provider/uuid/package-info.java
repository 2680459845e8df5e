// SPDX-License-Identifier: Apache-2.0

/**
 * The SPI of the kind {@code uuid}: the identifiers that a plugin is given.
 */
@Export
@Version("1.0.0")
@NullMarked
package io.patchbay.provider.uuid;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
