// SPDX-License-Identifier: Apache-2.0
package io.patchbay.lifecycle;

import io.patchbay.port.PluginDescriptor;

/**
 * An artifact that was read and validated, not installed.
 *
 * @param bytes the packed artifact, not copied
 * @param digest SHA-256 of it, 64 lower-case hex digits
 * @param descriptor what it says about itself
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares two of them
record Incoming(byte[] bytes, String digest, PluginDescriptor descriptor) {}
