// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wasmhost.engine;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** Reads and writes the unsigned numbers of a module that was validated already. */
final class Leb128 {
    private Leb128() {}

    static int readUnsigned(ByteBuffer in) {
        int value = 0;
        for (int shift = 0; ; shift += 7) {
            int next = in.get();
            value |= (next & 0x7F) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }

    static void writeUnsigned(ByteArrayOutputStream out, int value) {
        int rest = value;
        while (rest >>> 7 != 0) {
            out.write((rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        out.write(rest);
    }
}
