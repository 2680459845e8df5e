// SPDX-License-Identifier: Apache-2.0

/**
 * The SPI of the kind {@code state}: where the key-value state of plugins lives.
 */
@Export
@Version("1.0.0")
@NullMarked
package io.patchbay.provider.state;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
