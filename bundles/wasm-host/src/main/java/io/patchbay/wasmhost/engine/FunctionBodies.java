// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wasmhost.engine;

import com.dylibso.chicory.wasm.types.SectionId;
import java.nio.ByteBuffer;

/** Reads the sizes of function bodies from a canonical module. */
final class FunctionBodies {
    private static final int HEADER = 8;

    private FunctionBodies() {}

    /** The size of each body in bytes, by function index; 0 for imported functions. */
    static int[] sizes(byte[] canonical, int imported, int count) {
        int[] sizes = new int[count];
        ByteBuffer in = ByteBuffer.wrap(canonical).position(HEADER);
        while (in.hasRemaining()) {
            int id = in.get();
            int size = Leb128.readUnsigned(in);
            if (id == SectionId.CODE) {
                int bodies = Leb128.readUnsigned(in);
                for (int i = 0; i < bodies; i++) {
                    int body = Leb128.readUnsigned(in);
                    sizes[imported + i] = body;
                    in.position(in.position() + body);
                }
                return sizes;
            }
            in.position(in.position() + size);
        }
        return sizes;
    }
}
