// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wasmhost.engine;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * All that running a module needs and compiling it gave: the module without its code and data, the memory and the tables
 * that every instance starts from, the generated classes, and what could not be compiled. The original module is not needed
 * any more. Immutable, but for arrays that nobody writes.
 */
public final class CompiledArtifact {
    private final byte[] module;
    private final MemoryImage image;
    private final List<int[]> tables;
    private final List<GuestClass> classes;
    private final List<OversizedFunction> oversized;

    CompiledArtifact(
            byte[] module,
            MemoryImage image,
            List<int[]> tables,
            List<GuestClass> classes,
            List<OversizedFunction> oversized) {
        this.module = module;
        this.image = image;
        this.tables = List.copyOf(tables);
        this.classes = List.copyOf(classes);
        this.oversized = List.copyOf(oversized);
    }

    byte[] module() {
        return module;
    }

    MemoryImage image() {
        return image;
    }

    List<int[]> tables() {
        return tables;
    }

    /**
     * The generated classes, transformed and checked.
     *
     * @return unmodifiable, never null
     */
    public List<GuestClass> classes() {
        return classes;
    }

    /**
     * The functions that run metered in the interpreter.
     *
     * @return unmodifiable, by index, never null
     */
    public List<OversizedFunction> oversized() {
        return oversized;
    }

    /** Writes it down; {@link #decode} reads it. */
    byte[] encode() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 20);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            block(out, module);
            out.writeInt(image.pages());
            for (int i = 0; i < image.frameCount(); i++) {
                if (!image.isZero(i)) {
                    out.writeInt(i);
                    out.write(image.frame(i));
                }
            }
            out.writeInt(-1);
            out.writeInt(tables.size());
            for (int[] table : tables) {
                out.writeInt(table.length);
                for (int entry : table) {
                    out.writeInt(entry);
                }
            }
            out.writeInt(classes.size());
            for (GuestClass generated : classes) {
                block(out, generated.name().getBytes(StandardCharsets.UTF_8));
                block(out, generated.bytes());
            }
            out.writeInt(oversized.size());
            for (OversizedFunction function : oversized) {
                out.writeInt(function.index());
                out.writeInt(function.bytes());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
        return bytes.toByteArray();
    }

    private static void block(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    /**
     * Reads one.
     *
     * @throws IllegalArgumentException when that is not what {@link #encode} wrote
     */
    static CompiledArtifact decode(ByteBuffer in) {
        try {
            byte[] module = block(in);
            MemoryImage image = image(in);
            List<int[]> tables = new ArrayList<>();
            for (int left = count(in); left > 0; left--) {
                int[] table = new int[count(in)];
                for (int i = 0; i < table.length; i++) {
                    table[i] = in.getInt();
                }
                tables.add(table);
            }
            List<GuestClass> classes = new ArrayList<>();
            for (int left = count(in); left > 0; left--) {
                classes.add(new GuestClass(new String(block(in), StandardCharsets.UTF_8), block(in)));
            }
            List<OversizedFunction> oversized = new ArrayList<>();
            for (int left = count(in); left > 0; left--) {
                oversized.add(new OversizedFunction(in.getInt(), in.getInt()));
            }
            if (in.hasRemaining()) {
                throw new IllegalArgumentException(in.remaining() + " bytes too many in a compiled artifact");
            }
            return new CompiledArtifact(module, image, tables, classes, oversized);
        } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
            throw new IllegalArgumentException("a compiled artifact that ends early", e);
        }
    }

    private static MemoryImage image(ByteBuffer in) {
        int pages = count(in);
        MemoryImage zeros = MemoryImage.zeros(pages);
        byte[][] frames = zeros.pageTable();
        for (int index = in.getInt(); index >= 0; index = in.getInt()) {
            byte[] frame = new byte[GuestMemory.FRAME_SIZE];
            in.get(frame);
            frames[index] = frame;
        }
        return MemoryImage.of(pages, frames);
    }

    private static byte[] block(ByteBuffer in) {
        byte[] bytes = new byte[count(in)];
        in.get(bytes);
        return bytes;
    }

    /** A count of things that take a byte each at least, or of pages. */
    private static int count(ByteBuffer in) {
        int count = in.getInt();
        if (count < 0 || count > Math.max(in.remaining(), 1 << 16)) {
            throw new IllegalArgumentException("an impossible count in a compiled artifact: " + count);
        }
        return count;
    }
}
