// SPDX-License-Identifier: Apache-2.0

/**
 * The SPI for host services: named sets of methods that a plugin may call when an operator granted them, and the slots
 * through which a host service reaches its providers.
 *
 * <p>A third-party bundle adds a host service by registering a {@link io.patchbay.hostservice.HostService}; it is
 * granted, bound, leased, swapped and shown exactly as the built-in service {@code runtime}.
 */
@Export
@Version("1.1.0")
@NullMarked
package io.patchbay.hostservice;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
