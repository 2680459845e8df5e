// SPDX-License-Identifier: Apache-2.0

/**
 * The SPI of the kind {@code node}: the name of the node that a plugin is told.
 */
@Export
@Version("1.0.0")
@NullMarked
package io.patchbay.provider.node;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
