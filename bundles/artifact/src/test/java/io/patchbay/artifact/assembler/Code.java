// SPDX-License-Identifier: Apache-2.0
package io.patchbay.artifact.assembler;

/**
 * The body of one function: locals, then instructions in the order of the calls. Block-like instructions are closed with
 * {@link #end()}; the end of the function itself is added. Not thread-safe.
 */
public final class Code {
    private final Bytes locals = new Bytes();
    private final Bytes instructions = new Bytes();
    private int localGroups;

    /** Declares a group of locals, numbered after the parameters. */
    public Code locals(long count, int type) {
        localGroups++;
        locals.u32(count).raw(type);
        return this;
    }

    /** Appends instruction bytes as they are. */
    public Code op(int... bytes) {
        instructions.raw(bytes);
        return this;
    }

    /** Appends instruction bytes as they are. */
    public Code raw(byte[] bytes) {
        instructions.raw(bytes);
        return this;
    }

    /** Appends an unsigned immediate. */
    public Code u32(long value) {
        instructions.u32(value);
        return this;
    }

    public Code i32Const(int value) {
        instructions.raw(0x41).s64(value);
        return this;
    }

    public Code i64Const(long value) {
        instructions.raw(0x42).s64(value);
        return this;
    }

    public Code localGet(int index) {
        return op(0x20).u32(index);
    }

    public Code localSet(int index) {
        return op(0x21).u32(index);
    }

    public Code localTee(int index) {
        return op(0x22).u32(index);
    }

    public Code globalGet(int index) {
        return op(0x23).u32(index);
    }

    public Code globalSet(int index) {
        return op(0x24).u32(index);
    }

    public Code call(int function) {
        return op(0x10).u32(function);
    }

    public Code callIndirect(int type, int table) {
        return op(0x11).u32(type).u32(table);
    }

    /** A block without parameters and results. */
    public Code block() {
        return op(0x02, 0x40);
    }

    /** A loop without parameters and results. */
    public Code loop() {
        return op(0x03, 0x40);
    }

    /** A condition without parameters and results. */
    public Code ifThen() {
        return op(0x04, 0x40);
    }

    public Code end() {
        return op(0x0b);
    }

    public Code br(int label) {
        return op(0x0c).u32(label);
    }

    public Code brIf(int label) {
        return op(0x0d).u32(label);
    }

    /** Jumps to one of {@code labels}, or to the last one given. */
    public Code brTable(int... labels) {
        op(0x0e).u32(labels.length - 1);
        for (int label : labels) {
            u32(label);
        }
        return this;
    }

    public Code drop() {
        return op(0x1a);
    }

    public Code ret() {
        return op(0x0f);
    }

    public Code unreachable() {
        return op(0x00);
    }

    public Code i32Add() {
        return op(0x6a);
    }

    public Code i32Sub() {
        return op(0x6b);
    }

    public Code i32And() {
        return op(0x71);
    }

    public Code i32Or() {
        return op(0x72);
    }

    public Code i32Shl() {
        return op(0x74);
    }

    public Code i32ShrU() {
        return op(0x76);
    }

    public Code i32Eqz() {
        return op(0x45);
    }

    public Code i32Eq() {
        return op(0x46);
    }

    public Code i32GtU() {
        return op(0x4b);
    }

    public Code i32GeU() {
        return op(0x4f);
    }

    public Code i32Load(int offset) {
        return op(0x28, 2).u32(offset);
    }

    public Code i32Load8U(int offset) {
        return op(0x2d, 0).u32(offset);
    }

    public Code i32Store(int offset) {
        return op(0x36, 2).u32(offset);
    }

    public Code i32Store8(int offset) {
        return op(0x3a, 0).u32(offset);
    }

    public Code memorySize() {
        return op(0x3f, 0);
    }

    public Code memoryGrow() {
        return op(0x40, 0);
    }

    public Code memoryFill() {
        return op(0xfc, 0x0b, 0);
    }

    public Code i32WrapI64() {
        return op(0xa7);
    }

    public Code i64ExtendI32U() {
        return op(0xad);
    }

    public Code i64Shl() {
        return op(0x86);
    }

    public Code i64Or() {
        return op(0x84);
    }

    /** The instructions so far, without locals. */
    byte[] instructions() {
        return instructions.toArray();
    }

    /** The encoded body: locals, instructions, the function's end; without its length. */
    byte[] body() {
        Bytes content = new Bytes()
                .u32(localGroups)
                .raw(locals.toArray())
                .raw(instructions.toArray())
                .raw(0x0b);
        return content.toArray();
    }
}
