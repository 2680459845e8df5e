// SPDX-License-Identifier: Apache-2.0
package io.patchbay.artifact.module;

import io.patchbay.artifact.ArtifactException;

/** Reads element segments in their eight forms, and the constant expressions of segments and globals. Not thread-safe. */
final class SegmentScanner {
    private final ModuleLimits limits;
    private final ModuleIndex index;
    private final WasmInput in;
    private long entries;

    SegmentScanner(ModuleLimits limits, ModuleIndex index, WasmInput in) {
        this.limits = limits;
        this.index = index;
        this.in = in;
    }

    /** One element segment. */
    void elements() throws ArtifactException {
        int at = in.position();
        long flags = in.u32();
        if (flags > 7) {
            throw in.malformed("unknown kind of element segment " + flags, at);
        }
        boolean active = (flags & 1) == 0;
        boolean explicit = (flags & 2) != 0;
        boolean expressions = (flags & 4) != 0;
        if (active) {
            if (explicit) {
                in.index("table", index.tables);
            } else if (index.tables == 0) {
                throw in.malformed("an element segment without a table", at);
            }
            constant();
        }
        if (!active || explicit) {
            if (expressions) {
                referenceType();
            } else if (in.u8() != 0) {
                throw in.malformed("unknown kind of elements", at);
            }
        }
        int count = in.count("elements", limits.elementEntries(), expressions ? 3 : 1);
        entries += count;
        if (entries > limits.elementEntries()) {
            throw in.limit(entries + " elements in all segments", limits.elementEntries(), at);
        }
        for (int i = 0; i < count; i++) {
            if (expressions) {
                constant();
            } else {
                in.index("function", index.functions());
            }
        }
        index.elementSegments++;
    }

    /** A constant expression of one instruction. */
    void constant() throws ArtifactException {
        int at = in.position();
        int opcode = in.u8();
        switch (opcode) {
            case 0x41 -> in.signed(32);
            case 0x42 -> in.signed(64);
            case 0x43 -> in.skip(4);
            case 0x44 -> in.skip(8);
            case 0x23 -> in.index("global", index.globals);
            case 0xd0 -> referenceType();
            case 0xd2 -> in.index("function", index.functions());
            case 0xfb -> throw in.feature(Feature.GC, "a constant expression", at);
            case 0xfd -> throw in.feature(Feature.SIMD, "a constant expression", at);
            default -> throw in.malformed(String.format("instruction 0x%02x in a constant expression", opcode), at);
        }
        int next = in.position();
        int end = in.u8();
        if (end != 0x0b) {
            throw in.feature(Feature.EXTENDED_CONST, String.format("instruction 0x%02x", end), next);
        }
    }

    void referenceType() throws ArtifactException {
        int at = in.position();
        ValueType type = ValueType.read(in);
        if (type != ValueType.FUNCREF && type != ValueType.EXTERNREF) {
            throw in.malformed("a reference type is expected", at);
        }
    }
}
