// SPDX-License-Identifier: Apache-2.0
package io.patchbay.artifact.assembler;

import static io.patchbay.artifact.assembler.ModuleAssembler.I32;
import static io.patchbay.artifact.assembler.ModuleAssembler.I64;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * A plugin that makes the host calls that the body of its request lists, one after the other in one execution, and can count:
 * a number that one call reads is increased and written by those behind it.
 *
 * <p>It answers 200 with the number if it counted, else with the raw bytes of the last response. At the first response with
 * another status than 0 it stops and answers with the bytes of that one.
 */
public final class StepGuest {
    /** A number has that many decimal digits. */
    public static final int DIGITS = 12;

    /** What the guest reads at the end of the response of {@code state.get}: the number, then that it was found. */
    private static final int FOUND = 2;

    private static final int STATUS = 0x08;
    private static final int OPCODE = 1;
    private static final int HEADER = 8;

    private StepGuest() {}

    /** What is done with a call. */
    public enum Kind {
        /** It is made. */
        CALL(0),
        /** It is a {@code state.get} of a number; one that is not there is 0. The number goes on increased by 1. */
        COUNT(1),
        /** The number replaces the last digits of its request. */
        NUMBERED(2);

        private final int code;

        Kind(int code) {
            this.code = code;
        }
    }

    /** A number as the guest reads and writes it. */
    public static String number(long value) {
        return String.format(Locale.ROOT, "%0" + DIGITS + "d", value);
    }

    /** Whether an answer is a number. */
    public static boolean counted(byte[] answer) {
        return answer.length == DIGITS && answer[0] != STATUS;
    }

    /** The number of an answer. */
    public static long number(byte[] answer) {
        return Long.parseLong(new String(answer, StandardCharsets.US_ASCII));
    }

    /** One call of the list, for {@link #body}. */
    @SuppressWarnings("ArrayRecordComponent") // bytes on their way; nothing compares them
    public record Step(Kind kind, byte[] request) {}

    /** The body that lists calls. */
    public static byte[] body(Step... steps) {
        int size = 0;
        for (Step step : steps) {
            size += HEADER + step.request().length;
        }
        ByteBuffer body = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        for (Step step : steps) {
            body.putInt(step.kind().code).putInt(step.request().length).put(step.request());
        }
        return body.array();
    }

    /** The module. */
    public static byte[] module() {
        GuestBuilder guest = new GuestBuilder().requestData(new byte[DIGITS]).begin();
        int start = 1;
        int length = 2;
        int packed = 3;
        int end = 4;
        int kind = 5;
        int answer = 6;
        int size = 7;
        int counted = 8;
        int digit = 9;
        Code code = new Code().locals(2, I32).locals(1, I64).locals(6, I32);
        // field 3 of the bridge request is the HTTP request, its field 13 the body
        guest.request(code);
        guest.find(guest.request(code).localGet(0).i32Add().i32Const(0x1a)).localSet(packed);
        unpack(code, packed, start, length);
        guest.find(code.localGet(start)
                        .localGet(start)
                        .localGet(length)
                        .i32Add()
                        .i32Const(0x6a))
                .localSet(packed);
        unpack(code, packed, start, length);
        code.localGet(start).localGet(length).i32Add().localSet(end);
        code.block().loop();
        code.localGet(start).localGet(end).i32GeU().brIf(1);
        code.localGet(start).i32Load(0).localSet(kind);
        code.localGet(start).i32Load(4).localSet(length);
        code.localGet(start).i32Const(HEADER).i32Add().localSet(start);
        code.localGet(kind).i32Const(Kind.NUMBERED.code).i32Eq().ifThen();
        copy(code.localGet(start)
                .localGet(length)
                .i32Add()
                .i32Const(DIGITS)
                .i32Sub()
                .i32Const(GuestBuilder.DATA));
        code.end();
        code.i32Const(OPCODE).localGet(start).localGet(length);
        code.call(GuestBuilder.HOST_CALL).localSet(packed);
        unpack(code, packed, answer, size);
        code.localGet(start).localGet(length).i32Add().localSet(start);
        code.localGet(size).ifThen();
        code.localGet(answer).i32Load8U(0).i32Const(STATUS).i32Eq().ifThen();
        guest.respond(code.localGet(answer).localGet(size)).ret().end().end();
        code.localGet(kind).i32Const(Kind.COUNT.code).i32Eq().ifThen();
        code.i32Const(1).localSet(counted);
        code.i32Const(GuestBuilder.DATA).i32Const('0').i32Const(DIGITS).memoryFill();
        code.localGet(size).i32Const(DIGITS + FOUND).i32GeU().ifThen();
        copy(code.i32Const(GuestBuilder.DATA)
                .localGet(answer)
                .localGet(size)
                .i32Add()
                .i32Const(DIGITS + FOUND)
                .i32Sub());
        code.end();
        increase(code, digit);
        code.end();
        code.br(0).end().end();
        code.localGet(counted).ifThen();
        guest.respond(code.i32Const(GuestBuilder.DATA).i32Const(DIGITS)).ret().end();
        code.localGet(size).i32Eqz().ifThen().i64Const(0).ret().end();
        return guest.execute(guest.respond(code.localGet(answer).localGet(size)))
                .toBytes();
    }

    /** Takes destination and source off the stack. */
    private static void copy(Code code) {
        code.i32Const(DIGITS).op(0xfc, 0x0a, 0, 0);
    }

    /** Adds 1 to the digits, from the last one on. */
    private static void increase(Code code, int digit) {
        code.i32Const(GuestBuilder.DATA + DIGITS - 1).localSet(digit);
        code.block().loop();
        code.localGet(digit).i32Load8U(0).i32Const('9').i32Eq().i32Eqz().brIf(1);
        code.localGet(digit).i32Const('0').i32Store8(0);
        code.localGet(digit).i32Const(1).i32Sub().localSet(digit);
        code.br(0).end().end();
        code.localGet(digit).localGet(digit).i32Load8U(0).i32Const(1).i32Add().i32Store8(0);
    }

    private static void unpack(Code code, int packed, int start, int length) {
        code.localGet(packed).i64Const(32).op(0x88).i32WrapI64().localSet(start);
        code.localGet(packed).i32WrapI64().localSet(length);
    }
}
