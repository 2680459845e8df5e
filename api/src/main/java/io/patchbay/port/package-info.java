// SPDX-License-Identifier: Apache-2.0

/**
 * Ports between the bundles of Patchbay itself: the engine, the durable registry, and the records that cross between
 * them. Not for third parties: this package may change with every minor version.
 */
@Export
@Version("1.1.0")
@NullMarked
package io.patchbay.port;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
