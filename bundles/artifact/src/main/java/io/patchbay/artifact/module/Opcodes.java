// SPDX-License-Identifier: Apache-2.0
package io.patchbay.artifact.module;

import java.util.Arrays;

/**
 * The allow-list of instructions with one-byte opcodes: MVP, sign extension, reference types; for each what follows the opcode
 * and how many operands it leaves more (or, below 0, fewer) than it takes.
 */
final class Opcodes {
    /** What follows an opcode, or what is special about it. */
    enum Form {
        UNKNOWN,
        PLAIN,
        UNREACHABLE,
        BLOCK,
        ELSE,
        END,
        BRANCH,
        BRANCH_IF,
        BRANCH_TABLE,
        RETURN,
        CALL,
        CALL_INDIRECT,
        SELECT_TYPED,
        LOCAL,
        GLOBAL,
        TABLE,
        MEMORY_ACCESS,
        MEMORY,
        CONST_I32,
        CONST_I64,
        CONST_F32,
        CONST_F64,
        REF_NULL,
        REF_FUNC,
        PREFIX_FC,
        EXCEPTIONS,
        TAIL_CALLS,
        GC,
        SIMD,
        THREADS
    }

    private static final Form[] FORMS = new Form[256];
    private static final byte[] EFFECTS = new byte[256];

    static {
        Arrays.fill(FORMS, Form.UNKNOWN);
        put(Form.UNREACHABLE, 0, 0x00);
        put(Form.PLAIN, 0, 0x01);
        put(Form.BLOCK, 0, 0x02, 0x03);
        put(Form.BLOCK, -1, 0x04);
        put(Form.ELSE, 0, 0x05);
        put(Form.EXCEPTIONS, 0, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x18, 0x19, 0x1f);
        put(Form.END, 0, 0x0b);
        put(Form.BRANCH, 0, 0x0c);
        put(Form.BRANCH_IF, -1, 0x0d);
        put(Form.BRANCH_TABLE, 0, 0x0e);
        put(Form.RETURN, 0, 0x0f);
        put(Form.CALL, 0, 0x10);
        put(Form.CALL_INDIRECT, -1, 0x11);
        put(Form.TAIL_CALLS, 0, 0x12, 0x13, 0x15);
        put(Form.GC, 0, 0x14, 0xd3, 0xd4, 0xd5, 0xd6, 0xfb);
        put(Form.PLAIN, -1, 0x1a);
        put(Form.PLAIN, -2, 0x1b);
        put(Form.SELECT_TYPED, -2, 0x1c);
        put(Form.LOCAL, 1, 0x20);
        put(Form.LOCAL, -1, 0x21);
        put(Form.LOCAL, 0, 0x22);
        put(Form.GLOBAL, 1, 0x23);
        put(Form.GLOBAL, -1, 0x24);
        put(Form.TABLE, 0, 0x25);
        put(Form.TABLE, -2, 0x26);
        range(Form.MEMORY_ACCESS, 0, 0x28, 0x35);
        range(Form.MEMORY_ACCESS, -2, 0x36, 0x3e);
        put(Form.MEMORY, 1, 0x3f);
        put(Form.MEMORY, 0, 0x40);
        put(Form.CONST_I32, 1, 0x41);
        put(Form.CONST_I64, 1, 0x42);
        put(Form.CONST_F32, 1, 0x43);
        put(Form.CONST_F64, 1, 0x44);
        range(Form.PLAIN, -1, 0x45, 0xa6); // comparisons and arithmetic of two operands, the rest below
        put(Form.PLAIN, 0, 0x45, 0x50);
        range(Form.PLAIN, 0, 0x67, 0x69);
        range(Form.PLAIN, 0, 0x79, 0x7b);
        range(Form.PLAIN, 0, 0x8b, 0x91);
        range(Form.PLAIN, 0, 0x99, 0x9f);
        range(Form.PLAIN, 0, 0xa7, 0xc4); // conversions and sign extension
        put(Form.REF_NULL, 1, 0xd0);
        put(Form.PLAIN, 0, 0xd1);
        put(Form.REF_FUNC, 1, 0xd2);
        put(Form.PREFIX_FC, 0, 0xfc);
        put(Form.SIMD, 0, 0xfd);
        put(Form.THREADS, 0, 0xfe);
    }

    private Opcodes() {}

    static Form form(int opcode) {
        return FORMS[opcode];
    }

    static int effect(int opcode) {
        return EFFECTS[opcode];
    }

    private static void put(Form form, int effect, int... opcodes) {
        for (int opcode : opcodes) {
            range(form, effect, opcode, opcode);
        }
    }

    private static void range(Form form, int effect, int first, int last) {
        for (int opcode = first; opcode <= last; opcode++) {
            FORMS[opcode] = form;
            EFFECTS[opcode] = (byte) effect;
        }
    }
}
