// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wasmhost.engine;

/**
 * One generated class.
 *
 * @param name its binary name, not null
 * @param bytes its class file; not copied, not null
 */
@SuppressWarnings("ArrayRecordComponent") // megabytes that are handed on once; nothing compares them
public record GuestClass(String name, byte[] bytes) {}
