// SPDX-License-Identifier: Apache-2.0

/**
 * What every provider has in common: its name and properties, readiness, health, durability, and the folder in which
 * it may keep data.
 *
 * <p>A provider is a declarative-services component that does the work behind a host-service method. It implements one
 * SPI from a sub-package (or an SPI of a third-party bundle, an <em>open kind</em>) and knows nothing of WebAssembly.
 */
@Export
@Version("1.1.0")
@NullMarked
package io.patchbay.provider;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
