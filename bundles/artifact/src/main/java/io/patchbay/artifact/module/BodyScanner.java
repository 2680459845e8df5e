// SPDX-License-Identifier: Apache-2.0
package io.patchbay.artifact.module;

import io.patchbay.artifact.ArtifactException;
import java.util.Arrays;

/**
 * Walks function bodies once: every opcode is on the allow-list, every index exists, blocks are closed, and what the engine
 * will spend on the function is inside its limits. Operand types are the engine's business; the operand count here is right
 * for valid code and an estimate for the rest. Not thread-safe.
 */
final class BodyScanner {
    private static final int IF = 0x04;
    private static final int LOOP = 0x03;
    private static final int ELSE = 0x05;
    /** So many cells of stack maps cost about as much as one instruction. */
    private static final int CELLS_PER_WORK = 64;

    private final ModuleLimits limits;
    private final ModuleIndex index;
    private final WasmInput in;

    private byte[] kinds = new byte[64];
    /** Values that a branch to the frame carries. */
    private int[] branchValues = new int[64];

    private int[] results = new int[64];
    private int[] parameters = new int[64];
    private int[] heights = new int[64];
    private int depth;
    private int height;
    private int functionLocals;
    private int bodyStart;
    private long cells;
    private long work;
    private long totalLocals;

    BodyScanner(ModuleLimits limits, ModuleIndex index, WasmInput in) {
        this.limits = limits;
        this.index = index;
        this.in = in;
    }

    /** Instructions so far, weighted as {@link ModuleLimits#work()}. */
    long work() {
        return work;
    }

    /** Scans the body of a defined function; the input's window is exactly the body. */
    void scan(int function) throws ArtifactException {
        FunctionType type = index.typeOfFunction(function);
        bodyStart = in.position();
        cells = 0;
        locals(type.parameters().size());
        depth = 0;
        height = 0;
        push(0, type.results().size(), type.results().size(), 0);
        while (depth > 0) {
            instruction();
        }
        work += cells / CELLS_PER_WORK;
        if (in.remaining() > 0) {
            throw in.malformed("instructions follow the end of the function", in.position());
        }
    }

    private void locals(int functionParameters) throws ArtifactException {
        int groups = in.count("groups of locals", limits.locals(), 2);
        long locals = functionParameters;
        for (int i = 0; i < groups; i++) {
            int at = in.position();
            locals += in.u32();
            if (locals > limits.locals()) {
                throw in.limit(locals + " locals", limits.locals(), at);
            }
            ValueType.read(in);
        }
        totalLocals += locals;
        if (totalLocals > limits.totalLocals()) {
            throw in.limit(totalLocals + " locals in all functions up to here", limits.totalLocals(), in.position());
        }
        functionLocals = (int) locals;
    }

    private void instruction() throws ArtifactException {
        int at = in.position();
        int opcode = in.u8();
        work++;
        height = Math.max(0, height + Opcodes.effect(opcode));
        switch (Opcodes.form(opcode)) {
            case PLAIN -> {}
            case UNREACHABLE, RETURN -> unreachable();
            case BLOCK -> block(opcode, at);
            case ELSE -> otherwise(at);
            case END -> end();
            case BRANCH -> {
                branch();
                unreachable();
            }
            case BRANCH_IF -> {
                branch();
                target();
            }
            case BRANCH_TABLE -> branchTable();
            case CALL -> call(index.typeOfFunction(in.index("function", index.functions())));
            case CALL_INDIRECT -> {
                call(index.type(in.index("type", index.types())));
                table();
            }
            case SELECT_TYPED -> {
                if (in.count("types of a select", 1, 1) == 1) {
                    ValueType.read(in);
                }
            }
            case LOCAL -> in.index("local", functionLocals);
            case GLOBAL -> in.index("global", index.globals);
            case TABLE -> table();
            case MEMORY_ACCESS -> memoryAccess();
            case MEMORY -> memory();
            case CONST_I32 -> in.signed(32);
            case CONST_I64 -> in.signed(64);
            case CONST_F32 -> in.skip(4);
            case CONST_F64 -> in.skip(8);
            case REF_NULL -> referenceType();
            case REF_FUNC -> in.index("function", index.functions());
            case PREFIX_FC -> prefixed(at);
            case EXCEPTIONS -> throw refused(Feature.EXCEPTIONS, opcode, at);
            case TAIL_CALLS -> throw refused(Feature.TAIL_CALLS, opcode, at);
            case GC -> throw refused(Feature.GC, opcode, at);
            case SIMD -> throw simd(at);
            case THREADS -> throw refused(Feature.THREADS, opcode, at);
            case UNKNOWN -> throw in.malformed(String.format("unknown instruction 0x%02x", opcode), at);
        }
        if (work > limits.work()) {
            throw in.limit("the module has too many instructions", limits.work(), at);
        }
    }

    private ArtifactException refused(Feature feature, int opcode, int at) {
        return in.feature(feature, String.format("instruction 0x%02x", opcode), at);
    }

    private ArtifactException simd(int at) throws ArtifactException {
        long sub = in.u32();
        Feature feature = sub >= 0x100 ? Feature.RELAXED_SIMD : Feature.SIMD;
        return in.feature(feature, String.format("instruction 0xfd 0x%02x", sub), at);
    }

    private void block(int opcode, int at) throws ArtifactException {
        if (depth > limits.nesting()) {
            throw in.limit("blocks nested " + depth + " deep", limits.nesting(), at);
        }
        int in1 = 0;
        int out1 = 0;
        int code = in.peek();
        if (code == 0x40) {
            in.skip(1);
        } else if ((code & 0xc0) == 0x40) {
            // a one-byte negative number: a value type
            ValueType.read(in);
            out1 = 1;
        } else {
            long type = in.signed(33);
            if (type < 0 || type >= index.types()) {
                throw in.malformed("block type " + type + " does not exist, there are " + index.types(), at + 1);
            }
            FunctionType blockType = index.type((int) type);
            in1 = blockType.parameters().size();
            out1 = blockType.results().size();
        }
        work += in1 + out1;
        target();
        push(opcode, opcode == LOOP ? in1 : out1, out1, in1);
    }

    private void push(int opcode, int carried, int out, int taken) {
        if (depth == kinds.length) {
            int size = depth * 2;
            kinds = Arrays.copyOf(kinds, size);
            branchValues = Arrays.copyOf(branchValues, size);
            results = Arrays.copyOf(results, size);
            parameters = Arrays.copyOf(parameters, size);
            heights = Arrays.copyOf(heights, size);
        }
        kinds[depth] = (byte) opcode;
        branchValues[depth] = carried;
        results[depth] = out;
        parameters[depth] = taken;
        heights[depth] = Math.max(0, height - taken);
        depth++;
    }

    private void otherwise(int at) throws ArtifactException {
        if (kinds[depth - 1] != IF) {
            throw in.malformed("an else without if", at);
        }
        kinds[depth - 1] = ELSE;
        height = heights[depth - 1] + parameters[depth - 1];
        target();
    }

    private void end() throws ArtifactException {
        depth--;
        height = heights[depth] + results[depth];
        target();
    }

    private void branch() throws ArtifactException {
        int label = in.index("label", depth);
        work += branchValues[depth - 1 - label];
    }

    private void branchTable() throws ArtifactException {
        int count = in.count("labels of a br_table", limits.labels(), 1);
        for (int i = 0; i <= count; i++) {
            branch();
            work++;
        }
        unreachable();
    }

    private void unreachable() {
        height = heights[depth - 1];
    }

    /** Counts the stack map of a place where branches meet. */
    private void target() throws ArtifactException {
        cells += (long) functionLocals + height;
        if (cells > limits.frameCells()) {
            throw in.limit(
                    "too many branches for a function with so many locals and operands (" + cells + " cells)",
                    limits.frameCells(),
                    bodyStart);
        }
    }

    private void call(FunctionType type) {
        int taken = type.parameters().size();
        int given = type.results().size();
        work += taken + given;
        height = Math.max(0, height - taken) + given;
    }

    private void table() throws ArtifactException {
        in.index("table", index.tables);
    }

    private void memoryAccess() throws ArtifactException {
        int at = in.position();
        long alignment = in.u32();
        if (alignment >= 0x40) {
            throw in.feature(Feature.MULTI_MEMORY, "a memory access that names its memory", at);
        }
        if (alignment > 3) {
            throw in.malformed("alignment 2^" + alignment + " is larger than any access", at);
        }
        in.u32();
        needMemory(at);
    }

    private void memory() throws ArtifactException {
        int at = in.position();
        if (in.u8() != 0) {
            throw in.feature(Feature.MULTI_MEMORY, "an instruction that names its memory", at);
        }
        needMemory(at);
    }

    private void needMemory(int at) throws ArtifactException {
        if (index.memories == 0) {
            throw in.malformed("memory is used, the module declares none", at);
        }
    }

    private void referenceType() throws ArtifactException {
        int at = in.position();
        ValueType type = ValueType.read(in);
        if (type != ValueType.FUNCREF && type != ValueType.EXTERNREF) {
            throw in.malformed("a reference type is expected", at);
        }
    }

    private void prefixed(int at) throws ArtifactException {
        long sub = in.u32();
        if (sub <= 7) {
            return; // saturating conversions take one operand and leave one
        }
        switch ((int) Math.min(sub, 99)) {
            case 8 -> {
                dataSegment(at);
                memory();
                pop(3);
            }
            case 9 -> dataSegment(at);
            case 10 -> {
                memory();
                memory();
                pop(3);
            }
            case 11 -> {
                memory();
                pop(3);
            }
            case 12 -> {
                in.index("element segment", index.elementSegments);
                table();
                pop(3);
            }
            case 13 -> in.index("element segment", index.elementSegments);
            case 14 -> {
                table();
                table();
                pop(3);
            }
            case 15 -> {
                table();
                pop(1);
            }
            case 16 -> {
                table();
                height++;
            }
            case 17 -> {
                table();
                pop(3);
            }
            case 19, 20, 21, 22 ->
                throw in.feature(Feature.WIDE_ARITHMETIC, "instruction 0xfc " + WasmInput.hex((int) sub), at);
            default -> throw in.malformed("unknown instruction 0xfc " + sub, at);
        }
    }

    private void dataSegment(int at) throws ArtifactException {
        if (index.dataCount < 0) {
            throw in.malformed("a data segment is named, the module has no data count section", at);
        }
        in.index("data segment", index.dataCount);
    }

    private void pop(int operands) {
        height = Math.max(0, height - operands);
    }
}
