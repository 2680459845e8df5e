// SPDX-License-Identifier: Apache-2.0
package io.patchbay.artifact.assembler;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Builds WebAssembly modules byte by byte, valid and invalid ones: it writes what it is told and checks nothing, apart from
 * giving out indexes. Imports must be declared before functions, as the format numbers them first. Not thread-safe.
 */
public final class ModuleAssembler {
    public static final int I32 = 0x7f;
    public static final int I64 = 0x7e;
    public static final int F32 = 0x7d;
    public static final int F64 = 0x7c;
    public static final int V128 = 0x7b;
    public static final int FUNCREF = 0x70;
    public static final int EXTERNREF = 0x6f;

    /** Ids of the sections, in the order in which a module has them. */
    private static final int[] ORDER = {1, 2, 3, 4, 5, 13, 6, 7, 8, 9, 12, 10, 11};

    private final Section[] sections = new Section[14];
    private final List<byte[]> bodies = new ArrayList<>();
    private final Bytes before = new Bytes();
    private final Bytes after = new Bytes();
    private final List<String> types = new ArrayList<>();
    private int functions;
    private int globals;
    private boolean padded;

    private static final class Section {
        private final Bytes items = new Bytes();
        private long count;
        private byte[] override = new byte[0];
    }

    public ModuleAssembler() {
        Arrays.setAll(sections, id -> new Section());
    }

    /** Writes section lengths, counts and body lengths in five bytes each, as Go's linker does. */
    public ModuleAssembler padded() {
        padded = true;
        return this;
    }

    /** Parameter or result types, for {@link #type}. */
    public static int[] values(int... valueTypes) {
        return valueTypes;
    }

    /** A function type; the same type is written once. */
    public int type(int[] parameters, int... results) {
        String key = Arrays.toString(parameters) + Arrays.toString(results);
        int known = types.indexOf(key);
        if (known >= 0) {
            return known;
        }
        types.add(key);
        item(1).raw(0x60)
                .u32(parameters.length)
                .raw(parameters)
                .u32(results.length)
                .raw(results);
        return types.size() - 1;
    }

    /** A type given as bytes, such as one of the GC proposal. */
    public int rawType(int... bytes) {
        types.add("raw " + types.size());
        item(1).raw(bytes);
        return types.size() - 1;
    }

    /** Imports a function and gives its index. */
    public int importFunction(String module, String name, int type) {
        item(2).name(module).name(name).raw(0x00).u32(type);
        return functions++;
    }

    /** Imports something else: kind 1 table, 2 memory, 3 global, 4 tag, followed by its description. */
    public ModuleAssembler importOther(String module, String name, int kind, int... description) {
        item(2).name(module).name(name).raw(kind).raw(description);
        return this;
    }

    /** Adds a function and gives its index. */
    public int function(int type, Code code) {
        return rawFunction(type, code.body());
    }

    /** Adds a function whose body (locals and instructions, without its length) is given as bytes. */
    public int rawFunction(int type, byte[] body) {
        item(3).u32(type);
        bodies.add(body);
        return functions++;
    }

    /** Adds a table without a maximum. */
    public ModuleAssembler table(int elementType, long min) {
        item(4).raw(elementType, 0x00).u32(min);
        return this;
    }

    /** Adds a memory without a maximum, in pages of 64 KiB. */
    public ModuleAssembler memory(long min) {
        item(5).raw(0x00).u32(min);
        return this;
    }

    /** Adds a memory, in pages of 64 KiB; flags 1 for a maximum, 3 shared, 4 and 5 for 64-bit addresses. */
    public ModuleAssembler memory(int flags, long min, long max) {
        item(5).raw(flags).u32(min).u32(max);
        return this;
    }

    /** Adds a variable of type i32 and gives its index. */
    public int globalI32(int value) {
        item(6).raw(I32, 0x01, 0x41).s64(value).raw(0x0b);
        return globals++;
    }

    /** Adds a variable of type i64 and gives its index. */
    public int globalI64(long value) {
        item(6).raw(I64, 0x01, 0x42).s64(value).raw(0x0b);
        return globals++;
    }

    public ModuleAssembler exportFunction(String name, int function) {
        item(7).name(name).raw(0x00).u32(function);
        return this;
    }

    public ModuleAssembler exportMemory(String name) {
        item(7).name(name).raw(0x02, 0x00);
        return this;
    }

    public ModuleAssembler start(int function) {
        return section(8, new Bytes().u32(function).toArray());
    }

    /** Puts functions into table 0 from {@code offset} on. */
    public ModuleAssembler elements(int offset, int... functionIndexes) {
        Bytes item = item(9).raw(0x00, 0x41).s64(offset).raw(0x0b).u32(functionIndexes.length);
        for (int index : functionIndexes) {
            item.u32(index);
        }
        return this;
    }

    /** Adds one element segment as bytes. */
    public ModuleAssembler rawElements(byte[] segment) {
        item(9).raw(segment);
        return this;
    }

    /** Puts bytes into memory 0 at {@code offset}. */
    public ModuleAssembler data(int offset, byte[] bytes) {
        item(11).raw(0x00, 0x41).s64(offset).raw(0x0b).u32(bytes.length).raw(bytes);
        return this;
    }

    /** Adds one data segment as bytes. */
    public ModuleAssembler rawData(byte[] segment) {
        item(11).raw(segment);
        return this;
    }

    public ModuleAssembler dataCount(long count) {
        return section(12, new Bytes().u32(count).toArray());
    }

    /** Claims another number of items in a section than there are. */
    public ModuleAssembler claim(int sectionId, long count) {
        sections[sectionId].count = count;
        return this;
    }

    /** Replaces the content of a section, its count included. */
    public ModuleAssembler section(int sectionId, byte[] content) {
        sections[sectionId].override = content;
        return this;
    }

    /** Appends a custom section after all others. */
    public ModuleAssembler custom(String name, byte[] content) {
        writeCustom(after, name, content);
        return this;
    }

    /** Appends a custom section with text after all others. */
    public ModuleAssembler custom(String name, String content) {
        return custom(name, content.getBytes(StandardCharsets.UTF_8));
    }

    /** Puts a custom section in front of all others. */
    public ModuleAssembler customFirst(String name, byte[] content) {
        writeCustom(before, name, content);
        return this;
    }

    /** Names functions in the section of that purpose, from {@code firstIndex} on. */
    public ModuleAssembler functionNames(int firstIndex, String... names) {
        Bytes map = new Bytes().u32(names.length);
        for (int i = 0; i < names.length; i++) {
            map.u32(firstIndex + i).name(names[i]);
        }
        return custom(
                "name", new Bytes().raw(1).u32(map.size()).raw(map.toArray()).toArray());
    }

    /** Appends bytes after all sections, such as a section of an id that nobody knows. */
    public ModuleAssembler trailing(int... bytes) {
        after.raw(bytes);
        return this;
    }

    /** The module. */
    public byte[] toBytes() {
        Bytes out = new Bytes().raw(0x00, 'a', 's', 'm', 1, 0, 0, 0).raw(before.toArray());
        for (int id : ORDER) {
            byte[] content = content(id);
            if (content.length > 0) {
                length(out.raw(id), content.length).raw(content);
            }
        }
        return out.raw(after.toArray()).toArray();
    }

    private byte[] content(int id) {
        Section section = sections[id];
        if (section.override.length > 0) {
            return section.override;
        }
        Bytes content = new Bytes();
        if (id == 10) {
            if (bodies.isEmpty() && section.count == 0) {
                return new byte[0];
            }
            length(content, section.count == 0 ? bodies.size() : section.count);
            bodies.forEach(body -> length(content, body.length).raw(body));
            return content.toArray();
        }
        if (section.count == 0) {
            return new byte[0];
        }
        return length(content, section.count).raw(section.items.toArray()).toArray();
    }

    private Bytes item(int id) {
        sections[id].count++;
        return sections[id].items;
    }

    private Bytes length(Bytes out, long value) {
        return padded ? out.padded(value) : out.u32(value);
    }

    private void writeCustom(Bytes out, String name, byte[] content) {
        Bytes section = new Bytes().name(name).raw(content);
        length(out.raw(0), section.size()).raw(section.toArray());
    }
}
