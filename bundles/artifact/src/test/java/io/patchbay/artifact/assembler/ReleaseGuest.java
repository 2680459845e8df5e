// SPDX-License-Identifier: Apache-2.0
package io.patchbay.artifact.assembler;

import static io.patchbay.artifact.assembler.ModuleAssembler.I32;
import static io.patchbay.artifact.assembler.ModuleAssembler.I64;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * A release that gives itself away: it begins each execution with writing its mark, which lies in its memory, into the state
 * under the caller's token, reads it back, and answers with the mark that is in its code and what it read. Two marks that
 * differ are two releases in one execution.
 *
 * <p>The token is the end of the request's raw query. A write that is refused ends in a trap.
 */
public final class ReleaseGuest {
    /** How many characters of ASCII a mark has. */
    public static final int MARK = 4;
    /** How many characters of ASCII a token has. */
    public static final int TOKEN = 16;
    /** Stands in a request where the token goes. */
    public static final String PLACE = "x".repeat(TOKEN);

    private static final int OPCODE = 1;
    private static final int HTTP_REQUEST = 0x1a;
    private static final int RAW_QUERY = 0x2a;

    private ReleaseGuest() {}

    /**
     * Makes the module.
     *
     * @param mark of this release
     * @param write the host call that sets the key {@link #PLACE} to the mark
     * @param read the host call that gets the key {@link #PLACE}
     */
    public static byte[] of(String mark, byte[] write, byte[] read) {
        byte[] data = ByteBuffer.allocate(write.length + read.length)
                .put(write)
                .put(read)
                .array();
        GuestBuilder guest = new GuestBuilder().requestData(data).begin();
        int start = 1;
        int length = 2;
        int packed = 3;
        Code code = new Code().locals(2, I32).locals(1, I64);
        guest.request(code);
        guest.find(guest.request(code).localGet(0).i32Add().i32Const(HTTP_REQUEST))
                .localSet(packed);
        Guests.unpack(code, packed, start, length);
        guest.find(code.localGet(start)
                        .localGet(start)
                        .localGet(length)
                        .i32Add()
                        .i32Const(RAW_QUERY))
                .localSet(packed);
        Guests.unpack(code, packed, start, length);
        trapUnless(code.localGet(length).i32Const(TOKEN).i32GeU());
        code.localGet(start).localGet(length).i32Add().i32Const(TOKEN).i32Sub().localSet(start);
        copyToken(code, start, GuestBuilder.DATA + place(write));
        copyToken(code, start, GuestBuilder.DATA + write.length + place(read));
        call(code, GuestBuilder.DATA, write.length).localSet(packed);
        Guests.unpack(code, packed, start, length);
        trapUnless(code.localGet(length).i32Eqz());
        call(code, GuestBuilder.DATA + write.length, read.length).localSet(packed);
        Guests.unpack(code, packed, start, length);
        // In front of a response there is room for the mark and what goes before a body.
        code.localGet(start).i32Const(MARK).i32Sub().i32Const(number(mark)).i32Store(0);
        code.localGet(start).i32Const(MARK).i32Sub();
        code.localGet(length).i32Const(MARK).i32Add();
        return guest.execute(guest.respond(code)).toBytes();
    }

    private static void trapUnless(Code condition) {
        condition.i32Eqz().ifThen().unreachable().end();
    }

    private static void copyToken(Code code, int start, int place) {
        for (int i = 0; i < TOKEN; i += 4) {
            code.i32Const(place).localGet(start).i32Load(i).i32Store(i);
        }
    }

    private static Code call(Code code, int pointer, int length) {
        return code.i32Const(OPCODE).i32Const(pointer).i32Const(length).call(GuestBuilder.HOST_CALL);
    }

    private static int place(byte[] request) {
        return new String(request, StandardCharsets.ISO_8859_1).indexOf(PLACE);
    }

    private static int number(String mark) {
        return ByteBuffer.wrap(mark.getBytes(StandardCharsets.US_ASCII))
                .order(ByteOrder.LITTLE_ENDIAN)
                .getInt();
    }
}
