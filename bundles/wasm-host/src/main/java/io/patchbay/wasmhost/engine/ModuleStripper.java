// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wasmhost.engine;

import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.ActiveDataSegment;
import com.dylibso.chicory.wasm.types.DataSegment;
import com.dylibso.chicory.wasm.types.SectionId;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Set;

/**
 * Takes out of a module what its compiled form does not need: the code of compiled functions and the data that is in the
 * memory image. Parsing costs as much as compiling, and the parsed code is what fills a heap.
 */
final class ModuleStripper {
    private static final int HEADER = 8;
    private static final byte[] EMPTY_BODY = {2, 0, 0x0B}; // length, no locals, end

    private final byte[] canonical;
    private final WasmModule parsed;
    private final Set<Integer> interpreted;
    private final int importedFunctions;

    /**
     * Makes one.
     *
     * @param canonical the canonical module
     * @param parsed the same, parsed and validated
     * @param interpreted the functions whose code has to stay, by index
     * @param importedFunctions how many functions it imports
     */
    ModuleStripper(byte[] canonical, WasmModule parsed, Set<Integer> interpreted, int importedFunctions) {
        this.canonical = canonical;
        this.parsed = parsed;
        this.interpreted = interpreted;
        this.importedFunctions = importedFunctions;
    }

    byte[] strip() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(canonical, 0, HEADER);
        ByteBuffer in = ByteBuffer.wrap(canonical).position(HEADER);
        while (in.hasRemaining()) {
            int id = in.get();
            int size = Leb128.readUnsigned(in);
            ByteBuffer section = in.slice(in.position(), size);
            in.position(in.position() + size);
            switch (id) {
                case SectionId.CODE -> section(out, id, code(section));
                case SectionId.DATA -> data(out);
                default -> section(out, id, bytes(section));
            }
        }
        return out.toByteArray();
    }

    private byte[] code(ByteBuffer section) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int count = Leb128.readUnsigned(section);
        Leb128.writeUnsigned(out, count);
        for (int i = 0; i < count; i++) {
            int size = Leb128.readUnsigned(section);
            if (interpreted.contains(importedFunctions + i)) {
                Leb128.writeUnsigned(out, size);
                out.writeBytes(bytes(section.slice(section.position(), size)));
            } else {
                out.writeBytes(EMPTY_BODY);
            }
            section.position(section.position() + size);
        }
        return out.toByteArray();
    }

    /** Instructions name segments by number only where the module has a data count. */
    private void data(ByteArrayOutputStream out) {
        if (parsed.dataCountSection().isEmpty()) {
            return;
        }
        ByteArrayOutputStream section = new ByteArrayOutputStream();
        DataSegment[] segments = parsed.dataSection().dataSegments();
        Leb128.writeUnsigned(section, segments.length);
        for (DataSegment segment : segments) {
            byte[] kept = segment instanceof ActiveDataSegment ? new byte[0] : segment.data();
            section.write(1); // passive
            Leb128.writeUnsigned(section, kept.length);
            section.writeBytes(kept);
        }
        section(out, SectionId.DATA, section.toByteArray());
    }

    private static void section(ByteArrayOutputStream out, int id, byte[] body) {
        out.write(id);
        Leb128.writeUnsigned(out, body.length);
        out.writeBytes(body);
    }

    private static byte[] bytes(ByteBuffer from) {
        byte[] bytes = new byte[from.remaining()];
        from.get(bytes);
        return bytes;
    }
}
