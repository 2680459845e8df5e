// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wasmhost.engine;

/**
 * A function that is too large for one JVM method and runs metered, in the interpreter.
 *
 * @param index its index in the module, imported functions counted
 * @param bytes the size of its body in bytes
 */
public record OversizedFunction(int index, int bytes) {}
